import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the built portal goes; `npm start` serves it and the deployment publishes it. */
const outDir = resolve(import.meta.dirname, "../build/portal/by-hand");

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Libraries of the sign-in expect Node's name for the global object.
  define: { global: "globalThis" },
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2022",
    // Inlined files would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  // With `npm run dev` beside `npm start`.
  server: { port: 5173, proxy: { "/config.json": "http://127.0.0.1:4400", "/v1": "http://127.0.0.1:4400" } },
});
