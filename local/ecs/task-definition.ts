/** A container task of the template, ready to run. */
export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly containerName: string;
  /** Source folder of the image. */
  readonly directory: string;
  readonly command: readonly string[];
  /** Variables of the container, its credentials and the endpoints of the local stack. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly stopTimeoutSeconds: number;
  readonly taskRoleArn: string;
}

export interface TaskOverrides {
  readonly command?: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMegabytes?: number;
}
