/** Runs the table store in a process of its own, so that a fault in it ends no one else. Ends with the local stack. */
import { timingSafeEqual } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { storeKeyHeader, storeKeyVariable } from "./store-key.ts";

const key = Buffer.from(process.env[storeKeyVariable]!);
const server = dynalite({ path: process.argv[2]!, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
// The store itself answers everybody on this machine, pages of other origins in a browser too.
const answerers = server.listeners("request") as RequestListener[];
server.removeAllListeners("request");
server.on("request", (request, response) => {
  const given = Buffer.from(String(request.headers[storeKeyHeader] ?? ""));
  if (given.length === key.length && timingSafeEqual(given, key)) {
    for (const answer of answerers) answer.call(server, request, response);
  } else response.writeHead(403, { connection: "close" }).end();
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.send!({ port: (server.address() as AddressInfo).port });
});
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});

const close = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.on("disconnect", close);
process.on("SIGTERM", close);
process.on("SIGINT", () => undefined);
