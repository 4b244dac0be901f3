import type { Catalogue } from "../catalogue.ts";

export const models: Catalogue["models"] = {
  title: "模型",
};
