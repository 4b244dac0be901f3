import { expect, it } from "vitest";
import { isCurrentTimestamp } from "../../../local/cognito/srp-timestamp.ts";

const now = Date.UTC(2026, 10, 3, 9, 5, 7);

it("takes a timestamp within five minutes of the clock", () => {
  expect(isCurrentTimestamp("Tue Nov 3 09:05:07 UTC 2026", now)).toBe(true);
  expect(isCurrentTimestamp("Tue Nov 3 09:10:07 UTC 2026", now)).toBe(true);
  expect(isCurrentTimestamp("Tue Nov 3 09:10:08 UTC 2026", now)).toBe(false);
  expect(isCurrentTimestamp("Tue Nov 3 09:00:06 UTC 2026", now)).toBe(false);
});

it.each(["2026-11-03T09:05:07Z", "Tue Nox 3 09:05:07 UTC 2026", "Tue Nov 3 09:05:07 CET 2026", ""])(
  "refuses another form: %s",
  (timestamp) => {
    expect(() => isCurrentTimestamp(timestamp, now)).toThrow("TIMESTAMP format");
  },
);
