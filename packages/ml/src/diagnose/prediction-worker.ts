import { parentPort, workerData } from "node:worker_threads";
import { NativeGate } from "../workers/native-gate.ts";
import type { FromPredictor, PredictorData, RowsToPredict, ToPredictor } from "./prediction-pool.ts";
import { sharePredictor } from "./shared-predictor.ts";

// Thread that answers rows, one batch after the other; `prediction-pool.ts` starts it and tells what the messages mean.

const { parts, thread, gateState } = workerData as PredictorData;
const port = parentPort!;
const gate = new NativeGate(gateState);
const predictor = await gate.pass(() => sharePredictor(parts, thread, gate));
let last = Promise.resolve();

port.on("message", (message: ToPredictor) => {
  // What it throws ends the thread, which hands it on.
  if (message.kind === "rows") last = last.then(() => answer(message));
  else {
    port.close();
    last = last.then(() => predictor.close());
  }
});
say({ kind: "ready" });

async function answer({ values, rowCount, withNovelty }: RowsToPredict): Promise<void> {
  const novelty = withNovelty ? new Float32Array(rowCount) : undefined;
  let probabilities: Float32Array;
  try {
    probabilities = await predictor.predict(values, rowCount, novelty);
  } catch (error) {
    if (gate.isClosed) return;
    throw error;
  }
  say({ kind: "answer", values, probabilities, novelty }, [values, probabilities, ...(novelty ? [novelty] : [])]);
}

function say(message: FromPredictor, lent: readonly Float32Array[] = []): void {
  port.postMessage(
    message,
    lent.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
