const pollMilliseconds = 700;
const longestMilliseconds = 60 * 60_000;

/** Asks again and again until it is enough. @throws what `read` throws, or an Error after an hour */
export async function followUntil<T>(
  read: () => Promise<T>,
  isEnough: (value: T) => boolean,
  onRead?: (value: T) => void,
): Promise<T> {
  const deadline = performance.now() + longestMilliseconds;
  while (performance.now() < deadline) {
    const value = await read();
    onRead?.(value);
    if (isEnough(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
  throw new Error("it took more than an hour");
}
