import { config } from "zod";

// Compiled validators would need `unsafe-eval` in the content security policy.
config({ jitless: true });
