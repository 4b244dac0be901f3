import { type Units, usualUnits } from "./units.ts";

/** Numbers, sizes and times as the reader's language writes them, in the units that the reader wants. */
export interface Formats {
  integer(value: number): string;
  /** At most 4 significant digits; very large and very small ones with an exponent. */
  number(value: number | null): string;
  /** A share of 0 to 1 as per cent. */
  percent(share: number): string;
  bytes(count: number): string;
  /** A limit in whole units, never more than it is. */
  mostBytes(count: number): string;
  time(timestamp: string): string;
  duration(seconds: number): string;
}

const decimalUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const binaryUnits = ["KiB", "MiB", "GiB", "TiB"] as const;

export function createFormats(locale: string, units: Units = usualUnits): Formats {
  const useGrouping = units.grouping === "grouped";
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping });
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4, useGrouping });
  const exponent = new Intl.NumberFormat(locale, { notation: "scientific", maximumSignificantDigits: 3 });
  const bytes = units.bytes === "binary" ? binaryBytes(locale, useGrouping) : decimalBytes(locale, useGrouping);
  const byteBase = units.bytes === "binary" ? 1_024 : 1_000;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return {
    integer: (value) => integer.format(value),
    number(value) {
      if (value === null) return "–";
      const size = Math.abs(value);
      return size !== 0 && (size >= 1e7 || size < 1e-3) ? exponent.format(value) : plain.format(value);
    },
    percent: (share) => percent.format(share),
    bytes,
    mostBytes(count) {
      const unit = byteBase ** powerOf(count, byteBase, binaryUnits.length);
      return bytes(Math.floor(count / unit) * unit);
    },
    time: timeOf(locale, units.zone),
    duration: durationOf(locale, units.durations, useGrouping),
  };
}

function decimalBytes(locale: string, useGrouping: boolean): Formats["bytes"] {
  const formats = decimalUnits.map(
    (unit, power) =>
      new Intl.NumberFormat(locale, {
        ...{
          style: "unit",
          unit,
          unitDisplay: power === 0 ? "long" : "short",
          maximumFractionDigits: power && 1,
          useGrouping,
        },
      }),
  );
  return (count) => {
    const power = powerOf(count, 1_000, decimalUnits.length - 1);
    return formats[power]!.format(count / 1_000 ** power);
  };
}

/** By IEC 80000-13; `Intl` has no such units. */
function binaryBytes(locale: string, useGrouping: boolean): Formats["bytes"] {
  const bytes = decimalBytes(locale, useGrouping);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping });
  return (count) => {
    const power = powerOf(count, 1_024, binaryUnits.length);
    if (power > 0) return `${number.format(count / 1_024 ** power)} ${binaryUnits[power - 1]}`;
    return count < 1_000 ? bytes(count) : `${number.format(count)} B`;
  };
}

function powerOf(count: number, base: number, most: number): number {
  return count < 1 ? 0 : Math.min(most, Math.floor(Math.log(count) / Math.log(base) + 1e-12));
}

/** UTC says so; the time of the computer goes without saying. */
function timeOf(locale: string, zone: Units["zone"]): Formats["time"] {
  const format = new Intl.DateTimeFormat(
    locale,
    zone === "local"
      ? { dateStyle: "medium", timeStyle: "short" }
      : {
          year: "numeric",
          month: "short",
          day: "numeric",
          hour: "2-digit",
          minute: "2-digit",
          timeZone: "UTC",
          timeZoneName: "short",
        },
  );
  return (timestamp) => format.format(new Date(timestamp));
}

function durationOf(locale: string, style: Units["durations"], useGrouping: boolean): Formats["duration"] {
  const unitOf = (unit: "millisecond" | "second" | "minute" | "hour", maximumFractionDigits = 0) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits, useGrouping });
  if (style === "milliseconds") {
    const millisecond = unitOf("millisecond");
    return (seconds) => millisecond.format(Math.max(0, Math.round(seconds * 1_000)));
  }
  if (style === "seconds") {
    const second = unitOf("second", 1);
    return (seconds) => second.format(Math.max(0, seconds));
  }
  const [second, minute, hour] = [unitOf("second"), unitOf("minute"), unitOf("hour")];
  return (seconds) => {
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 60) return second.format(whole);
    if (whole < 3_600) return `${minute.format(Math.floor(whole / 60))} ${second.format(whole % 60)}`;
    return `${hour.format(Math.floor(whole / 3_600))} ${minute.format(Math.floor((whole % 3_600) / 60))}`;
  };
}
