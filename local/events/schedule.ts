/** The interval of `rate(5 minutes)` in milliseconds; undefined for an expression that is not known here. */
export function scheduleInterval(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined || Number(count) < 1) return undefined;
  const milliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit as "minute" | "hour" | "day"];
  return Number(count) * milliseconds;
}
