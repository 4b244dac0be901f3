import { Adaptation } from "@systemhealer/contract/adaptation";
import { AuditEntry } from "@systemhealer/contract/audit";
import { Clusters } from "@systemhealer/contract/clusters";
import { Dataset } from "@systemhealer/contract/dataset";
import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { Explanations } from "@systemhealer/contract/explanation";
import { Histograms } from "@systemhealer/contract/histograms";
import { Member } from "@systemhealer/contract/member";
import { Model } from "@systemhealer/contract/model";
import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { StoredPreferences } from "@systemhealer/contract/preferences";
import { Profile } from "@systemhealer/contract/profile";
import { ResultsIndex } from "@systemhealer/contract/results-page";
import { Run } from "@systemhealer/contract/run";
import { ValidationReport } from "@systemhealer/contract/validation-report";
import { Workspace } from "@systemhealer/contract/workspace";
import { expect, it } from "vitest";
import { z } from "zod";

/** What is stored outlives the code that wrote it: a change here needs a new version in `schema`, or must read the old. */
it.each(
  Object.entries({
    Adaptation,
    AuditEntry,
    Clusters,
    Dataset,
    DiagnosisSample,
    DiagnosisSummary,
    Explanations,
    Histograms,
    Member,
    Model,
    ModelCard,
    Profile,
    Report,
    ResultsIndex,
    Run,
    StoredPreferences,
    ValidationReport,
    Workspace,
  }),
)("%s keeps its stored shape", async (name, schema) => {
  await expect(`${JSON.stringify(z.toJSONSchema(schema), null, 1)}\n`).toMatchFileSnapshot(
    `stored-shapes/${name}.json`,
  );
});
