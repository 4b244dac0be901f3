const pageBytes = 65_536;
/** 4 GiB, what 32-bit addresses reach. */
export const maximumPages = 65_536;

/** What a module exports, and the memory that it works on. */
export interface OpenKernel<Kernel> {
  readonly memory: WebAssembly.Memory;
  readonly buffer: ArrayBufferLike;
  readonly kernel: Kernel;
}

/**
 * An instance of a module on a shared memory of its own, at least so many bytes of zeros.
 * @param module whose memory may have `maximumPages`
 * @returns undefined where there is not that much memory
 */
export function openOnOwnMemory<Kernel>(module: WebAssembly.Module, bytes: number): OpenKernel<Kernel> | undefined {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  if (pages > maximumPages) return undefined;
  try {
    return openOnMemory(module, new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An instance of a module on a memory that other threads may have an instance on as well. */
export function openOnMemory<Kernel>(module: WebAssembly.Module, memory: WebAssembly.Memory): OpenKernel<Kernel> {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, buffer: memory.buffer, kernel: exports as unknown as Kernel };
}
