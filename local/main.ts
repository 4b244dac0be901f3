import { join, resolve } from "node:path";
import { createClient } from "@systemhealer/contract/client";
import type { LocalStack } from "./local-stack.ts";
import { DataFolderInUseError, lockDataFolder } from "./process/lock-file.ts";
import { startLocalStack } from "./stack.ts";
import { ArgumentError, readArguments, type StartArguments } from "./start/arguments.ts";
import { type DemoUser, demoUser } from "./start/demo-user.ts";
import { ProgressLine } from "./start/progress-line.ts";
import { isSampleLoaded, loadSample } from "./start/sample.ts";
import { signIn } from "./start/sign-in.ts";
import { SynthesisError, synthesize } from "./start/synthesize.ts";
import { languageOf, textsIn } from "./start/texts/texts.ts";
import { UnsupportedTemplateError } from "./template/unsupported-template-error.ts";

const repository = join(import.meta.dirname, "..");
const language = languageOf(process.env);
const texts = textsIn(language);
const longestStopMilliseconds = 10_000;
const progress = new ProgressLine();
const print = (line: string): void => {
  progress.interrupt();
  console.log(line);
};

async function main(): Promise<void> {
  const settings = readArguments(process.argv.slice(2), repository, texts);
  if (settings === "help") {
    console.log(texts.help);
    return;
  }
  const stopping = new AbortController();
  let stack: LocalStack | undefined;
  const unlock = lockDataFolder(settings.dataDirectory);
  process.once("exit", unlock);
  const end = stopOnSignals(stopping, () => stack);
  stack = await start(settings).catch((error: unknown) => {
    if (stopping.signal.aborted) return undefined;
    throw error;
  });
  if (!stack || stopping.signal.aborted) return end();
  const user = await demoUser(stack, settings.dataDirectory);
  announce(stack, user, settings.dataDirectory);
  if (settings.sample && !isSampleLoaded(settings.dataDirectory)) {
    await runSample(stack, user, settings.dataDirectory, stopping.signal);
  }
}

async function start({ dataDirectory, port }: StartArguments): Promise<LocalStack> {
  const assemblyDirectory = await synthesize(repository, dataDirectory, () => print(texts.building));
  const ports = port === 0 ? { api: 0, s3: 0, aws: 0 } : { api: port, s3: port + 1, aws: port + 2 };
  return startLocalStack({
    dataDirectory,
    assemblyDirectory,
    ports,
    locked: true,
    log: (line) => print(`  ${line}`),
  });
}

function announce({ urls }: LocalStack, user: DemoUser, dataDirectory: string): void {
  const seconds = process.uptime().toFixed(1);
  print(
    texts.ready({
      seconds,
      url: urls.api,
      s3: urls.s3,
      services: urls.aws,
      data: resolve(dataDirectory),
      email: user.email,
      password: user.password,
    }),
  );
}

async function runSample(stack: LocalStack, user: DemoUser, dataDirectory: string, signal: AbortSignal): Promise<void> {
  print(texts.loadingSample);
  try {
    const token = await signIn(stack, user);
    const client = createClient({ baseUrl: stack.urls.api, token, language });
    await loadSample(client, dataDirectory, { progress, language, signal });
    print("");
  } catch (error) {
    if (signal.aborted) return;
    print(texts.sampleNotLoaded((error as Error).message));
  }
}

/** Ends everything in order on the first signal, at once on the second. */
function stopOnSignals(stopping: AbortController, stack: () => LocalStack | undefined): () => Promise<void> {
  const end = async (): Promise<void> => {
    setTimeout(() => process.exit(1), longestStopMilliseconds).unref();
    await stack()?.stop();
    print(texts.stopped);
    process.exit(0);
  };
  const onSignal = (): void => {
    if (stopping.signal.aborted) process.exit(1);
    print(texts.stopping);
    stopping.abort();
    if (stack()) void end().catch(fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return end;
}

function fail(error: unknown): never {
  progress.interrupt();
  const expected = [ArgumentError, DataFolderInUseError, SynthesisError, UnsupportedTemplateError];
  console.error(expected.some((type) => error instanceof type) ? (error as Error).message : error);
  process.exit(1);
}

main().catch(fail);
