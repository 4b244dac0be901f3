import { repositoryModules } from "../process/repository-modules.ts";

/** A function of the template, ready to run. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle. */
  readonly codeDirectory: string;
  /** `module.member` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Environments that may run at once. */
  readonly maxEnvironments: number;
  /** Variables of the function itself, its credentials and the endpoints of the local stack. */
  readonly variables: Readonly<Record<string, string>>;
}

/** All that an environment sees as `process.env`. */
export function environmentOf(config: FunctionConfig): Record<string, string> {
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    NODE_PATH: repositoryModules,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${config.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LAMBDA_TASK_ROOT: config.codeDirectory,
    SYSTEMHEALER_FUNCTION_ARN: config.arn,
    _HANDLER: config.handler,
    ...config.variables,
  };
}
