import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./test/plain-summary-reporter.ts"],
    // Two at a time: a laptop with two cores also runs the servers that the tests talk to.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "system", include: ["test/**/*.test.ts"], exclude: ["test/cdk/**", "test/e2e/**"] },
      },
      // Files of the CDK tests share their modules: loading the CDK takes longer than the tests.
      {
        extends: true,
        test: {
          name: "cdk",
          include: ["test/cdk/**/*.test.ts"],
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          // A whole synthesis, with all its checks.
          testTimeout: 120_000,
        },
      },
      // In a real browser, against one stack for all files; alone, since browser and stack share the cores.
      {
        extends: true,
        test: {
          name: "portal",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/e2e/support/global-setup.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          // What a page comes to show is waited for as its elements are.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
