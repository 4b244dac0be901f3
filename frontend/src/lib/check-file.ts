export type FileRefusal = "tooLarge" | "isEmpty" | "wrongType";

export const acceptedTypes = [".csv", ".tsv", ".txt", ".gz"] as const;

/** Why a file is not worth sending; undefined where it is. */
export function checkFile(
  file: { readonly name: string; readonly size: number },
  maxBytes: number,
): FileRefusal | undefined {
  const name = file.name.toLowerCase();
  if (!acceptedTypes.some((type) => name.endsWith(type))) return "wrongType";
  if (file.size === 0) return "isEmpty";
  return file.size > maxBytes ? "tooLarge" : undefined;
}
