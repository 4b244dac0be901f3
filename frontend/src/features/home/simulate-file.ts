/** A CSV file of simulated rows. @throws Error where the simulator failed */
export function simulateFile(name: string, rows: number, seed: number): Promise<File> {
  const worker = new Worker(new URL("./simulate-worker.ts", import.meta.url), { type: "module" });
  return new Promise<File>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Blob>) => resolve(new File([data], name)));
    worker.addEventListener("error", ({ message }) => reject(new Error(message || "simulator")));
    worker.postMessage({ rows, seed });
  }).finally(() => worker.terminate());
}
