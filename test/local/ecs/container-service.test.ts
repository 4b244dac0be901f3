import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ContainerService } from "../../../local/ecs/container-service.ts";
import type { TaskDefinition } from "../../../local/ecs/task-definition.ts";
import { LogFile } from "../../../local/process/log-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const cluster = "arn:aws:ecs:us-east-1:000000000000:cluster/training";

function makeService(changes: Partial<TaskDefinition> = {}, maxRunning = 1) {
  const logPath = join(temporaryFolder(), "trainer.log");
  const definition: TaskDefinition = {
    arn: "arn:aws:ecs:us-east-1:000000000000:task-definition/trainer:1",
    family: "trainer",
    containerName: "trainer",
    directory: join(import.meta.dirname, "..", "fixtures", "trainer"),
    command: ["node", "main.mjs"],
    variables: { TABLE_NAME: "records" },
    memoryMegabytes: 256,
    stopTimeoutSeconds: 1,
    taskRoleArn: "arn:aws:iam::000000000000:role/trainer",
    ...changes,
  };
  const service = new ContainerService(() => new LogFile(logPath), maxRunning);
  onTestFinished(() => service.close(200));
  const run = (mode: string) => service.run(definition, cluster, { variables: { MODE: mode, RUN_ID: "run-1" } });
  const log = (): string => readFileSync(logPath, "utf8");
  return { service, run, log };
}

test("a task runs its command in the image's folder with the overrides' variables", async () => {
  const { service, run, log } = makeService();
  const task = await service.stopped(run("succeed").taskArn);
  expect(task).toMatchObject({ lastStatus: "STOPPED", exitCode: 0, stopCode: "EssentialContainerExited" });
  expect(log()).toContain("run-1 records trainer");
});

test("a task has one thread besides those that its program starts", async () => {
  const { service, run, log } = makeService();
  expect(await service.stopped(run("threads").taskArn)).toMatchObject({ exitCode: 0 });
  expect(log()).toContain("threads 2 to 21");
});

test("a task that fails tells its exit code", async () => {
  const { service, run } = makeService();
  expect(await service.stopped(run("fail").taskArn)).toMatchObject({
    exitCode: 7,
    stopCode: "EssentialContainerExited",
  });
});

test("a task out of memory is told as ECS tells it", async () => {
  const { service, run } = makeService({ memoryMegabytes: 64 });
  expect(await service.stopped(run("hoard").taskArn)).toMatchObject({
    exitCode: 137,
    containerReason: "OutOfMemoryError: Container killed due to memory usage",
  });
});

test("a program that is not there is a task that failed", async () => {
  const { service, run } = makeService({ command: ["no-such-program"] });
  expect(await service.stopped(run("").taskArn)).toMatchObject({ exitCode: 127 });
});

test("one task runs at a time, the others wait in the order they came", async () => {
  const { service, run } = makeService();
  const first = run("wait").taskArn;
  const second = run("succeed").taskArn;
  const third = run("succeed").taskArn;
  expect([first, second, third].map((arn) => service.get(arn)!.lastStatus)).toEqual([
    "RUNNING",
    "PROVISIONING",
    "PROVISIONING",
  ]);
  await service.stop(third, "no longer wanted");
  expect(service.get(third)).toMatchObject({ lastStatus: "STOPPED", stopCode: "UserInitiated" });
  await service.stop(first, "enough", 100);
  expect(await service.stopped(second)).toMatchObject({ exitCode: 0 });
});

test("a task that heeds SIGTERM ends by itself, one that does not is killed after its stop time-out", async () => {
  const { service, run, log } = makeService({}, 2);
  const [heeds, ignores] = [run("heed").taskArn, run("ignore").taskArn];
  await expect.poll(() => log().match(/ready/g)?.length).toBe(2);
  expect(await service.stop(heeds, "cancelled")).toMatchObject({
    exitCode: 0,
    stopCode: "UserInitiated",
    stoppedReason: "cancelled",
  });
  expect(await service.stop(ignores, "cancelled")).toMatchObject({ exitCode: 137 });
});
