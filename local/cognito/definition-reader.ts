/** The template asks of a user pool what this server does not do. */
export class UnsupportedUserPoolError extends Error {
  constructor(what: string) {
    super(`The local user pool does not honour ${what}`);
    this.name = "UnsupportedUserPoolError";
  }
}

/**
 * Reads the properties of one resource. CloudFormation writes booleans and numbers as strings too, so both are
 * read. Every property must be read, ignored or refused before `done`.
 */
export class Reader {
  readonly #properties: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #seen = new Set<string>();

  constructor(properties: Readonly<Record<string, unknown>>, path: string) {
    this.#properties = properties;
    this.#path = path;
  }

  refuse(property: string, reason: string): never {
    throw new UnsupportedUserPoolError(`${this.#path}.${property}: ${reason}`);
  }

  ignore(...properties: readonly string[]): this {
    for (const property of properties) this.#seen.add(property);
    return this;
  }

  /** Refuses any value but the given one (a list may be a part of the given list). */
  only(property: string, allowed: boolean | number | string | readonly string[], presence?: "required"): this {
    const value = this.#value(property);
    if (value === undefined) {
      if (presence === "required") this.refuse(property, `must be ${JSON.stringify(allowed)}`);
      return this;
    }
    const allows = Array.isArray(allowed)
      ? Array.isArray(value) && value.length > 0 && value.every((entry) => allowed.includes(entry))
      : String(value) === String(allowed);
    if (!allows) this.refuse(property, `only ${JSON.stringify(allowed)} is served, not ${JSON.stringify(value)}`);
    return this;
  }

  string(property: string): string | undefined {
    const value = this.#value(property);
    if (value === undefined) return undefined;
    if (typeof value !== "string") this.refuse(property, "is not a resolved string");
    return value;
  }

  boolean(property: string): boolean | undefined {
    const value = this.#value(property);
    if (value === undefined) return undefined;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    return this.refuse(property, "is not a boolean");
  }

  integer(property: string): number | undefined {
    const value = this.#value(property);
    if (value === undefined) return undefined;
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) {
      this.refuse(property, "is not a whole number");
    }
    return number;
  }

  strings(property: string): readonly string[] | undefined {
    const value = this.#value(property);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) this.refuse(property, "is not a list");
    return value.map((entry) => (typeof entry === "string" ? entry : this.refuse(property, "holds what is no string")));
  }

  oneOf<T extends string>(property: string, allowed: readonly T[]): T | undefined {
    const value = this.string(property);
    if (value === undefined) return undefined;
    return allowed.find((entry) => entry === value) ?? this.refuse(property, `${value} is not served`);
  }

  subset<T extends string>(property: string, allowed: readonly T[]): readonly T[] | undefined {
    return this.strings(property)?.map(
      (value) => allowed.find((entry) => entry === value) ?? this.refuse(property, `${value} is not served`),
    );
  }

  object(property: string): Reader | undefined {
    const value = this.#value(property);
    if (value === undefined) return undefined;
    if (!isObject(value)) this.refuse(property, "is not an object");
    return new Reader(value, `${this.#path}.${property}`);
  }

  objects(property: string): readonly Reader[] {
    const value = this.#value(property) ?? [];
    if (!Array.isArray(value)) this.refuse(property, "is not a list");
    return value.map((entry, index) =>
      isObject(entry)
        ? new Reader(entry, `${this.#path}.${property}[${index}]`)
        : this.refuse(property, "holds what is no object"),
    );
  }

  /** Refuses what was neither read nor ignored. */
  done(): void {
    const unknown = Object.keys(this.#properties).filter((property) => !this.#seen.has(property));
    if (unknown.length > 0) throw new UnsupportedUserPoolError(`${this.#path}: ${unknown.join(", ")}`);
  }

  #value(property: string): unknown {
    this.#seen.add(property);
    return this.#properties[property];
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
