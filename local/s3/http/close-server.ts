import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Follows a server's connections, so that it can be closed without waiting for clients that hold one open and ask
 * nothing. To be called before the server listens.
 *
 * Returns what closes it: requests under way may end within `graceMilliseconds`, then they are broken off.
 */
export function gracefulClose(server: Server, graceMilliseconds: number): () => Promise<void> {
  const requests = new Map<Socket, number>();
  let closing = false;
  const change = (socket: Socket, by: 1 | -1) => {
    const count = (requests.get(socket) ?? 0) + by;
    if (!socket.destroyed) requests.set(socket, count);
    if (closing && count === 0) socket.destroy();
  };
  server.on("connection", (socket: Socket) => {
    requests.set(socket, 0);
    socket.once("close", () => requests.delete(socket));
  });
  for (const event of ["request", "checkContinue"] as const) {
    server.on(event, ({ socket }, response) => {
      change(socket, 1);
      response.once("close", () => change(socket, -1));
    });
  }
  return async () => {
    closing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const [socket, count] of requests) if (count === 0) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    await closed;
    clearTimeout(timer);
  };
}
