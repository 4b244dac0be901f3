import { join } from "node:path";
import { expect, test } from "vitest";
import { ArgumentError, readArguments } from "../../../local/start/arguments.ts";

test("without options the data is kept in the repository and the API is on port 4400", () => {
  expect(readArguments([], "/repository")).toEqual({
    dataDirectory: join("/repository", ".systemhealer"),
    port: 4400,
    sample: true,
  });
});

test("options choose folder, port and sample", () => {
  expect(readArguments(["--data", "d", "--port", "5000", "--no-sample"], "/r")).toEqual({
    dataDirectory: "d",
    port: 5000,
    sample: false,
  });
  expect(readArguments(["--help"], "/r")).toBe("help");
});

test.each([[["--port", "http"]], [["--port", "70000"]], [["--prot", "1"]], [["extra"]]])("%j is refused", (words) => {
  expect(() => readArguments(words, "/r")).toThrow(ArgumentError);
});
