import { expect, onTestFinished, test } from "vitest";
import { findFreePort, openPort } from "../../../local/process/open-port.ts";

test("a port that is taken gives way to the next free one", async () => {
  const first = await openPort(0);
  const second = await openPort(first.port);
  onTestFinished(async () => {
    await Promise.all([first.close(), second.close()]);
  });
  expect(second.port).toBeGreaterThan(first.port);
  expect(await findFreePort(first.port)).toBeGreaterThan(first.port);
});

test("until it is told what to serve, it says that the stack is starting", async () => {
  const port = await openPort(0);
  onTestFinished(() => port.close());
  expect((await fetch(port.url)).status).toBe(503);
  port.serve((_request, response) => response.end("ready"));
  expect(await (await fetch(port.url)).text()).toBe("ready");
});
