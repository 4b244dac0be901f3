import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on loopback that has its address already and answers 503 until it is told what to serve. */
export interface OpenPort {
  readonly url: string;
  readonly port: number;
  serve(listener: RequestListener): void;
  /** Ends the server; requests under way get `graceMilliseconds`. */
  close(graceMilliseconds?: number): Promise<void>;
}

const triedPorts = 50;

/** @param preferred a port; one that is taken gives way to the next free one, 0 stands for any. */
export async function openPort(preferred: number): Promise<OpenPort> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
    response.end('{"message":"The local stack is starting"}');
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => listener(request, response));
  await listenFrom(server, preferred);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    serve(next) {
      listener = next;
    },
    async close(graceMilliseconds = 1_000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** A port that is free now, at `preferred` or after it. */
export async function findFreePort(preferred: number): Promise<number> {
  const server = createServer();
  await listenFrom(server, preferred);
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function listenFrom(server: Server, preferred: number): Promise<void> {
  for (let port = preferred; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      const taken = ["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "");
      if (!taken || port >= preferred + triedPorts) throw error;
    }
  }
}
