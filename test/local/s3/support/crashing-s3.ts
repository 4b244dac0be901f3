import { administratorPolicy } from "../../../../local/iam/policy.ts";
import { startS3 } from "../../../../local/s3/start-s3.ts";
import { MemoryCredentialStore } from "../../../../local/sigv4/credential-store.ts";

/** A server process to be killed: prints its address, then the id of each event it was handed. */
const [directory = "", bucket = "", region = ""] = process.argv.slice(2);
const credentials = new MemoryCredentialStore();
credentials.set("AKOPERATOR", {
  secret: "operator-secret",
  principal: { arn: "arn:aws:iam::000000000000:user/operator", policies: [administratorPolicy] },
});
const { url } = await startS3({
  directory,
  port: 0,
  region,
  credentials,
  buckets: [{ name: bucket, eventBridge: true }],
  onObjectCreated: async ({ detail }) => {
    process.stdout.write(`event ${detail.object.key}\n`);
  },
});
process.stdout.write(`url ${url}\n`);
