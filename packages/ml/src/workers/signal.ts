/** Lets one waiter go on; raised with nobody waiting, the next one does not wait. */
export class Signal {
  #pending = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#pending = true;
    this.#wake?.();
  }

  async raised(): Promise<void> {
    if (!this.#pending) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#pending = false;
    this.#wake = undefined;
  }
}
