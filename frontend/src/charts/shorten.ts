/** Labels of an axis cut to a length, with an ellipsis. */
export function shorten(longest: number): (name: unknown) => string {
  return (name) => {
    const text = String(name);
    return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  };
}
