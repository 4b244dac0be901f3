import { join } from "node:path";
import { expect, test } from "vitest";
import { createApp } from "../../cdk/app.ts";
import { distributionOf } from "../../local/assemble/distribution.ts";
import { localAddresses } from "../../local/assemble/local-addresses.ts";
import { createDistribution } from "../../local/gateway/distribution.ts";
import { loadApplication } from "../../local/template/application.ts";
import { placeholderPortal, withPlaceholderBundles } from "./synthesis.ts";

test("the local stack serves the template's distribution: its files, settings and headers, with its own addresses", () => {
  withPlaceholderBundles((folder) => {
    const outdir = join(folder, "cdk.out");
    createApp({ repository: folder, portal: placeholderPortal(folder), outdir, context: { stage: "local" } }).synth();
    const application = loadApplication(outdir, "http://127.0.0.1:4400");
    const localize = localAddresses(application, { s3: "http://127.0.0.1:4401", aws: "http://127.0.0.1:4402" });
    const { headersFor, serve } = createDistribution(distributionOf(application, localize)!, localize);
    const get = (path: string) => serve({ method: "GET", path });

    expect(get("/runs/run-1")).toMatchObject({ status: 200, headers: { "cache-control": "no-cache" } });
    expect(get("/assets/main.js")?.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(get("/v1/runs")).toBeUndefined();
    const config = JSON.parse(String(get("/config.json")?.body));
    expect(config).toEqual({
      apiUrl: "/",
      region: "us-east-1",
      userPoolId: application.outputs.UserPoolId,
      userPoolClientId: application.outputs.ClientId,
      cognitoEndpoint: "http://127.0.0.1:4402",
    });
    for (const path of ["/", "/v1/runs"]) {
      expect(headersFor(path)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=63072000; includeSubDomains",
      });
      const policy = headersFor(path)["content-security-policy"]!.split("; ");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("connect-src 'self' http://127.0.0.1:4401 http://127.0.0.1:4402");
    }
  });
});
