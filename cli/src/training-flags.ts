import { issueMessages } from "@systemhealer/contract/messages/issue-messages";
import type { Language } from "@systemhealer/contract/messages/message";
import { LearnerSettings, TrainingSettings } from "@systemhealer/contract/training-settings";
import { type Command, Option } from "commander";
import { z } from "zod";
import type { Cli } from "./cli.ts";
import { CliError } from "./cli-error.ts";
import { exitCode } from "./exit-code.ts";

/** A setting as a flag; its name, kind and default come from the contract's schema. */
interface Flag {
  readonly key: string;
  readonly kind: "number" | "numbers" | "choice" | "switch";
  readonly choices: readonly string[];
  /** Learners that have the setting, by its default there; one group without a learner for a common setting. */
  readonly defaults: Map<string, string[]>;
  readonly ofLearner: boolean;
}

const learnerNames = LearnerSettings.options.map((option) => option.shape.learner.value);
const flags = listFlags();

/**
 * Adds one flag per training setting.
 * @param without settings that get none
 */
export function addTrainingFlags(command: Command, cli: Cli, without: readonly string[] = []): void {
  command.addOption(
    new Option("--learner <name>", cli.output.text("option-learner")).choices(learnerNames).default(learnerNames[0]),
  );
  for (const flag of flags) {
    if (without.includes(flag.key)) continue;
    const name = flagOf(flag.key);
    const usage =
      flag.kind === "switch"
        ? name.replace("--", "--no-")
        : `${name} <${flag.kind === "numbers" ? "n,n,…" : flag.kind}>`;
    const option = new Option(usage, cli.output.text("option-setting", { key: flag.key, default: defaultText(flag) }));
    if (flag.choices.length > 0) option.choices(flag.choices);
    command.addOption(option);
  }
}

/**
 * Settings from a command's options; what is not given has the contract's default.
 * @param without settings that no flag stands for
 * @throws CliError that names the flag which is out of its range
 */
export function readTrainingSettings(
  options: Readonly<Record<string, unknown>>,
  language: Language,
  without: readonly string[] = [],
): TrainingSettings {
  const common: Record<string, unknown> = {};
  const learner: Record<string, unknown> = { learner: options.learner ?? learnerNames[0] };
  for (const flag of flags) {
    const given = options[flag.key];
    if (without.includes(flag.key) || given === undefined || (flag.kind === "switch" && given === true)) continue;
    if (flag.ofLearner && !(flag.key in shapeOf(learner.learner))) {
      throw new CliError(exitCode.usage, "setting-not-of-learner", {
        option: flagOf(flag.key),
        learner: String(learner.learner),
      });
    }
    (flag.ofLearner ? learner : common)[flag.key] = parse(flag, given);
  }
  const parsed = TrainingSettings.safeParse({ ...common, learner }, { error: issueMessages(language) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = String(issue?.path.findLast((part) => typeof part === "string") ?? "?");
  throw new CliError(exitCode.usage, "setting-invalid", { option: flagOf(option), reason: issue?.message ?? "?" });
}

/** Where learners differ, each value names its own. */
function defaultText({ defaults }: Flag): string {
  if (defaults.size === 1) return [...defaults.keys()].join();
  return [...defaults].map(([text, learners]) => `${learners.join(", ")}: ${text}`).join("; ");
}

function shapeOf(learner: unknown): Readonly<Record<string, z.ZodType>> {
  return LearnerSettings.options.find((option) => option.shape.learner.value === learner)?.shape ?? {};
}

/** `--hidden-units` for `hiddenUnits`. */
function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function parse(flag: Flag, given: unknown): unknown {
  if (flag.kind === "number") return number(flag.key, String(given));
  if (flag.kind === "numbers")
    return String(given)
      .split(",")
      .map((item) => number(flag.key, item));
  return given;
}

function number(option: string, value: string): number {
  const parsed = Number(value);
  if (value.trim() === "" || Number.isNaN(parsed)) {
    throw new CliError(exitCode.usage, "option-not-number", { option: flagOf(option), value });
  }
  return parsed;
}

function listFlags(): Flag[] {
  const found = new Map<string, Flag>();
  for (const learner of LearnerSettings.options) {
    for (const [key, schema] of Object.entries(learner.shape)) add(key, schema, learner.shape.learner.value);
  }
  for (const [key, schema] of Object.entries(TrainingSettings.shape)) add(key, schema);
  return [...found.values()];

  function add(key: string, schema: z.ZodType, learner?: string) {
    if (key === "learner") return;
    const text = String(schema.safeParse(undefined).data);
    const known = found.get(key);
    if (known) {
      if (learner) known.defaults.set(text, [...(known.defaults.get(text) ?? []), learner]);
      return;
    }
    const inner = schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
    const kind =
      inner instanceof z.ZodArray
        ? "numbers"
        : inner instanceof z.ZodEnum
          ? "choice"
          : inner instanceof z.ZodBoolean
            ? "switch"
            : "number";
    const choices = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
    const defaults = new Map([[text, learner ? [learner] : []]]);
    found.set(key, { key, kind, choices, ofLearner: learner !== undefined, defaults });
  }
}
