import { FitError } from "../learner.ts";

const pageBytes = 65_536;
/** What 32-bit addresses reach. */
const mostPages = 65_536;

/**
 * A memory for WebAssembly that threads share.
 * @throws FitError "out-of-memory"
 */
export function createSharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  const tooMuch = (cause?: unknown) =>
    new FitError("out-of-memory", { memoryMiB: Math.ceil(bytes / 2 ** 20) }, { cause });
  if (pages > mostPages) throw tooMuch();
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw error instanceof RangeError ? tooMuch(error) : error;
  }
}
