import { join } from "node:path";

/**
 * Packages that a layer or an image brings on AWS (those with native code) are found in the repository's own
 * `node_modules`, wherever the assembly is: the value of `NODE_PATH`.
 */
export const repositoryModules = join(import.meta.dirname, "..", "..", "node_modules");
