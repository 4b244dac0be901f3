import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { downloadTo } from "../../../cli/src/files/download.ts";
import { temporaryFolder } from "../../local/temporary-folder.ts";

const content = randomBytes(100_000);
const sha256 = createHash("sha256").update(content).digest("hex");

describe("a download", () => {
  let server: Server;
  let url: string;
  let folder: string;
  /** Ranges that were asked for; "" for the whole file. */
  let asked: string[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  /** As S3 does. */
  function serve(request: IncomingMessage, response: ServerResponse): void {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(request.headers.range ? 206 : 200).end(content.subarray(from));
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers.range ?? "");
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    asked = [];
    answer = serve;
  });

  const { signal } = new AbortController();
  const ask = async () => ({ url, fileName: "model.onnx", sizeBytes: content.length, sha256, expiresAt: "" });
  const fetchTo = (target: string) => downloadTo(target, ask, { signal });
  const partOf = (target: string) => `${target}.${sha256.slice(0, 12)}.part`;

  it("is there as a whole, in folders made for it, with nothing beside it", async () => {
    const target = join(folder, "models", "today", "model.onnx");
    await fetchTo(target);
    expect(await readFile(target)).toEqual(content);
    expect(await readdir(join(folder, "models", "today"))).toEqual(["model.onnx"]);
  });

  it("goes on where a former one stopped", async () => {
    const target = join(folder, "model.onnx");
    await writeFile(partOf(target), content.subarray(0, 60_000));
    await fetchTo(target);
    expect(asked).toEqual(["bytes=60000-"]);
    expect(await readFile(target)).toEqual(content);
  });

  it("goes on by itself where the line is cut", async () => {
    answer = (request, response) => {
      answer = serve;
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 50_000), () => request.socket.destroy());
    };
    const target = join(folder, "model.onnx");
    await fetchTo(target);
    expect(asked[0]).toBe("");
    expect(asked.length).toBe(2);
    expect(await readFile(target)).toEqual(content);
  });

  it("begins anew where the whole file comes in place of the rest, or more than the file has arrived", async () => {
    const whole = join(folder, "whole.onnx");
    await writeFile(partOf(whole), content.subarray(0, 60_000));
    answer = (_, response) => response.writeHead(200).end(content);
    await fetchTo(whole);
    expect(await readFile(whole)).toEqual(content);
    const longer = join(folder, "longer.onnx");
    await writeFile(partOf(longer), Buffer.concat([content, content]));
    asked = [];
    await fetchTo(longer);
    expect(asked).toEqual([""]);
    expect(await readFile(longer)).toEqual(content);
  });

  it("of other bytes than were promised is refused, and nothing of it stays", async () => {
    answer = (_, response) => response.writeHead(200).end(Buffer.alloc(content.length));
    const target = join(folder, "model.onnx");
    await expect(fetchTo(target)).rejects.toMatchObject({ code: "download-damaged" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says at once where it cannot be written, and does not call that a fault of the network", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(fetchTo(join(file, "model.onnx"))).rejects.toMatchObject({
      code: "cannot-write",
      parameters: { path: join(file, "model.onnx") },
    });
    expect(asked).toEqual([]);
    const taken = join(folder, "taken.onnx");
    await mkdir(partOf(taken));
    await expect(fetchTo(taken)).rejects.toMatchObject({ code: "cannot-write", parameters: { path: taken } });
    expect(asked.length).toBeLessThanOrEqual(1);
    const directory = join(folder, "directory");
    await mkdir(directory);
    await expect(fetchTo(directory)).rejects.toMatchObject({ code: "cannot-write" });
  });
});
