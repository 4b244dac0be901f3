/** Numbers, sizes and times as the reader's language writes them. */
export interface Formats {
  integer(value: number): string;
  /** At most 4 significant digits; very large and very small ones with an exponent. */
  number(value: number | null): string;
  /** A share of 0 to 1 as per cent. */
  percent(share: number): string;
  bytes(count: number): string;
  time(timestamp: string): string;
  duration(seconds: number): string;
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function createFormats(locale: string): Formats {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const exponent = new Intl.NumberFormat(locale, { notation: "scientific", maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const bytes = units.map(
    (unit, power) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: power && 1 }),
  );
  const unitOf = (unit: "second" | "minute" | "hour") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 });
  const [second, minute, hour] = [unitOf("second"), unitOf("minute"), unitOf("hour")];

  return {
    integer: (value) => integer.format(value),
    number(value) {
      if (value === null) return "–";
      const size = Math.abs(value);
      return size !== 0 && (size >= 1e7 || size < 1e-3) ? exponent.format(value) : plain.format(value);
    },
    percent: (share) => percent.format(share),
    bytes(count) {
      const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(count) / Math.log(1_000)));
      return bytes[power]!.format(count / 1_000 ** power);
    },
    time: (timestamp) => time.format(new Date(timestamp)),
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return second.format(whole);
      if (whole < 3_600) return `${minute.format(Math.floor(whole / 60))} ${second.format(whole % 60)}`;
      return `${hour.format(Math.floor(whole / 3_600))} ${minute.format(Math.floor((whole % 3_600) / 60))}`;
    },
  };
}
