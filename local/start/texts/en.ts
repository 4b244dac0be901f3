import { formatCount, withoutStop } from "./format.ts";
import type { Texts } from "./texts.ts";

export const en: Texts = {
  help: `Runs SystemHealer on this machine: the whole system, on loopback only.

  npm start -- [options]

  --port N      port of the API; S3 and the other services use the two after it (4400);
                the next free ones where they are taken
  --data DIR    where everything is kept (.systemhealer)
  --no-sample   do not load the simulated sample on the first start
  --help        show this
`,
  building: "Building the functions, the portal and the template …",
  ready: ({ seconds, url, s3, services, data, email, password }) => `
SystemHealer is ready after ${seconds} s.

  portal    ${url}
  API       ${url}    settings for clients: ${url}/config.json
  S3        ${s3}
  services  ${services}
  data      ${data}

  sign in   ${email}
  password  ${password}
  terminal  npx systemhealer login ${url}

  Ctrl+C stops it.
`,
  loadingSample: "Loading a sample. Its files come from a simulator, not from a real system.",
  sampleNotLoaded: (reason) => `  The sample was not loaded: ${withoutStop(reason)}. The next start tries again.`,
  stopping: "\nStopping …",
  stopped: "Stopped.",
  portInvalid: (found) => `--port must be a whole number from 0 to 65000, not ${found}`,
  words: { training: "training", diagnosis: "diagnosis" },
  stages: {
    sending: "sending",
    queued: "waiting",
    uploading: "arriving",
    validating: "being checked",
    reading: "reading the file",
    preparing: "preparing the rows",
    fitting: "learning",
    evaluating: "measuring",
    checking: "checking the model",
    registering: "registering the model",
    clustering: "grouping",
    adapting: "adapting the model",
    ready: "ready",
    rejected: "rejected",
    diagnosing: "diagnosing",
    merging: "merging the results",
  },
  sampleName: (purpose) => (purpose === "training" ? "Simulated training sample" : "Simulated diagnosis sample"),
  fileReady: (rows, kpis) => `${formatCount(rows)} rows, ${formatCount(kpis)} KPIs, simulated`,
  fileRejected: (fileName) => `${fileName} became no data set`,
  trained: (accuracy, macroF1) => `accuracy ${accuracy}, macro-F1 ${macroF1} on rows it never saw`,
  diagnosed: (rows, counts, accuracy) =>
    `${formatCount(rows)} rows (${counts})${accuracy === undefined ? "" : `; right in ${accuracy} of them`}`,
  ended: (what, status) => `the ${what} was ${status}`,
  failed: (what, reason) => `the ${what} failed: ${reason}`,
  tookTooLong: "it took more than half an hour",
};
