import type { Handler } from "../services.ts";

export const getConfig: Handler<"getConfig"> = async (_input, _caller, { installation }) => installation;
