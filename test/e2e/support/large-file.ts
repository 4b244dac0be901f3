/** A CSV file without labels of at least so many bytes, as one that is sent in parts of 8 MiB. */
export function largeFile(bytes: number): Buffer {
  const header = "sample_id,cpu_load,disk_wait\n";
  const lines = Array.from({ length: 4_000 }, (_, row) => `row-${row},${(row % 97) + 0.125},${(row % 89) + 0.25}\n`);
  const block = lines.join("");
  return Buffer.from(header + block.repeat(Math.ceil(bytes / block.length)));
}
