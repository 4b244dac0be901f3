import "./zod-without-eval.ts";

export { createClient } from "@systemhealer/contract/client";
