import { openApiDocument } from "@systemhealer/contract/openapi";
import type { Handler } from "../services.ts";

export const getOpenApi: Handler<"getOpenApi"> = async () => ({ ...openApiDocument() });
