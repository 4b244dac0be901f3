/**
 * Labels of an axis cut to a length. Names of KPIs and classes often differ at their ends, so the middle is left out.
 */
export function shorten(longest: number): (name: unknown) => string {
  const head = Math.ceil((longest - 1) / 3);
  return (name) => {
    const text = String(name);
    return text.length > longest ? `${text.slice(0, head)}…${text.slice(text.length - (longest - 1 - head))}` : text;
  };
}
