import { RemovalPolicy } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { StageConfig } from "../../config/stage.ts";

/** What every construct may know of where it is deployed. */
export interface StageScope {
  readonly config: StageConfig;
  /** Absolute path of the repository, under which the bundles lie. */
  readonly repository: string;
  /** For whatever holds data or logs. */
  readonly removalPolicy: RemovalPolicy;
}

const scopes = new WeakMap<IConstruct, StageScope>();

/** Says once, at the root, which stage is being built. */
export function setStage(root: IConstruct, config: StageConfig, repository: string): void {
  scopes.set(root, {
    config,
    repository,
    removalPolicy: config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

export function stageOf(construct: IConstruct): StageScope {
  const scope = scopes.get(construct.node.root);
  if (!scope) throw new Error(`No stage was set on the root of ${construct.node.path}`);
  return scope;
}
