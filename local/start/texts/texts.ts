import type { DatasetView } from "@systemhealer/contract/dataset";
import { chooseLanguage, type Language } from "@systemhealer/contract/messages/message";
import type { RunStage } from "@systemhealer/contract/run";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type Purpose = "training" | "diagnosis";

export type Stage = RunStage | "sending" | "queued" | DatasetView["status"];

/** What `npm start` says. */
export interface Texts {
  readonly help: string;
  readonly building: string;
  readonly ready: (
    about: Readonly<Record<"seconds" | "url" | "s3" | "services" | "data" | "email" | "password", string>>,
  ) => string;
  readonly loadingSample: string;
  readonly sampleNotLoaded: (reason: string) => string;
  readonly stopping: string;
  readonly stopped: string;
  readonly portInvalid: (found: string) => string;
  readonly words: Readonly<Record<Purpose, string>>;
  /** Of a run or a file, by its name in the API. */
  readonly stages: Readonly<Record<Stage, string>>;
  readonly sampleName: (purpose: Purpose) => string;
  readonly fileReady: (rows: number, kpis: number) => string;
  readonly fileRejected: (fileName: string) => string;
  readonly trained: (accuracy: string, macroF1: string) => string;
  readonly diagnosed: (rows: number, counts: string, accuracy: string | undefined) => string;
  readonly ended: (what: string, status: string) => string;
  readonly failed: (what: string, reason: string) => string;
  readonly tookTooLong: string;
}

/** By `LC_ALL`, `LC_MESSAGES` or `LANG`, and where none is set by what the system says. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return chooseLanguage(LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale);
}

export function textsIn(language: Language): Texts {
  return language === "zh" ? zh : en;
}
