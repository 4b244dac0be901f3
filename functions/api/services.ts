import type { Installation } from "@systemhealer/contract/installation";
import type { Limits } from "@systemhealer/contract/limits";
import type { OperationName } from "@systemhealer/contract/operations";
import type { Ports } from "@systemhealer/domain/ports/ports";
import type { Handler as HandlerOf } from "../http/router.ts";

/** What the API's operations work with. */
export interface Services extends Omit<Ports, "alerts"> {
  readonly limits: Limits;
  readonly installation: Installation;
  readonly bucketName: string;
  /** Life of an unfinished upload. */
  readonly uploadSeconds: number;
}

export type Handler<N extends OperationName> = HandlerOf<N, Services>;
