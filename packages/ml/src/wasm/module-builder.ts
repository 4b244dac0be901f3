import { type Code, counted, flatten, sized, unsigned } from "./code.ts";
import { i32 } from "./instructions.ts";

const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

const emptyBlock = 0x40;

/** A local variable or parameter of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
  /** Sets it and gives the value on. */
  tee(value: Code): Code;
  /** Adds a number to an i32. */
  increase(by: number): Code;
}

/** The body of a function that gives nothing back. */
export class FunctionBuilder {
  readonly #parameters: ValueType[];
  readonly #locals: ValueType[] = [];

  constructor(parameters: readonly ValueType[]) {
    this.#parameters = [...parameters];
  }

  parameter(index: number): Local {
    if (index >= this.#parameters.length) throw new RangeError(`there is no parameter ${index}`);
    return local(index);
  }

  local(type: ValueType): Local {
    this.#locals.push(type);
    return local(this.#parameters.length + this.#locals.length - 1);
  }

  get type(): Code {
    return [0x60, counted(this.#parameters.map((type) => [valueTypes[type]])), 0];
  }

  encode(body: Code): Code {
    return sized([counted(this.#locals.map((type) => [1, valueTypes[type]])), body, 0x0b]);
  }
}

function local(index: number): Local {
  const at = unsigned(index);
  const set = (value: Code): Code => [value, 0x21, at];
  const get: Code = [0x20, at];
  return {
    get,
    set,
    tee: (value) => [value, 0x22, at],
    increase: (by) => set(i32.add(get, i32.const(by))),
  };
}

/** Repeats `body` as long as `condition` holds, which is looked at before each time. */
export function whileLoop(condition: Code, body: Code): Code {
  return ifThen(condition, doWhile(body, condition));
}

/** Runs `body` once, and again as long as `condition` holds after it. */
export function doWhile(body: Code, condition: Code): Code {
  return [0x03, emptyBlock, body, condition, 0x0d, 0, 0x0b];
}

export function ifThen(condition: Code, then: Code): Code {
  return [condition, 0x04, emptyBlock, then, 0x0b];
}

/** Collects functions that work on one imported, shared memory. */
export class ModuleBuilder {
  readonly #functions: { readonly name: string; readonly builder: FunctionBuilder; readonly body: Code }[] = [];

  add(
    name: string,
    parameters: readonly ValueType[],
    write: (builder: FunctionBuilder, ...parameters: Local[]) => Code,
  ): void {
    const builder = new FunctionBuilder(parameters);
    const body = write(builder, ...parameters.map((_, index) => builder.parameter(index)));
    this.#functions.push({ name, builder, body });
  }

  /**
   * The module's bytes. Its memory is imported as `env.memory` and must be shared.
   * @param maximumPages limit of the memory, in pages of 64 KiB
   */
  encode(maximumPages: number): Uint8Array<ArrayBuffer> {
    const text = (name: string): Code => counted([...new TextEncoder().encode(name)].map((byte) => [byte]));
    const section = (id: number, content: Code): Code => [id, sized(content)];
    const functions = this.#functions;
    const shared = 0x03;
    return Uint8Array.from(
      flatten([
        [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
        section(1, counted(functions.map(({ builder }) => builder.type))),
        section(2, counted([[text("env"), text("memory"), 0x02, shared, unsigned(0), unsigned(maximumPages)]])),
        section(3, counted(functions.map((_, index) => unsigned(index)))),
        section(7, counted(functions.map(({ name }, index) => [text(name), 0x00, unsigned(index)]))),
        section(10, counted(functions.map(({ builder, body }) => builder.encode(body)))),
      ]),
    );
  }
}
