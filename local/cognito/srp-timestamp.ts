import { InvalidParameterError } from "./errors.ts";

const longestSkewMs = 5 * 60_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const form = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) UTC (\d{4})$/;

/**
 * Whether the timestamp of a password proof lies within five minutes of the server's clock.
 * @throws InvalidParameterError when it has not the form `EEE MMM d HH:mm:ss UTC yyyy`.
 */
export function isCurrentTimestamp(timestamp: string, now: number): boolean {
  const [, month = "", day, hours, minutes, seconds, year] = form.exec(timestamp) ?? [];
  const monthIndex = months.indexOf(month);
  if (monthIndex < 0) {
    throw new InvalidParameterError("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  const at = Date.UTC(Number(year), monthIndex, Number(day), Number(hours), Number(minutes), Number(seconds));
  return Math.abs(now - at) <= longestSkewMs;
}
