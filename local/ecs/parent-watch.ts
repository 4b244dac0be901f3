/** Kills its process once the parent is gone. Runs in a thread, so a busy main thread does not delay it. */
import { workerData } from "node:worker_threads";

const { parent } = workerData as { parent: number };

setInterval(() => {
  if (process.ppid !== parent || !alive(parent)) process.kill(process.pid, "SIGKILL");
}, 300);

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
