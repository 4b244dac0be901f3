/** Runs the table store in a process of its own, so that a fault in it ends no one else. Ends with the local stack. */
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

const server = dynalite({ path: process.argv[2]!, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
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
