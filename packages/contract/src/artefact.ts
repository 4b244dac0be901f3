import { z } from "zod";
import { Sha256 } from "./ids.ts";

/** A file that a run left behind, as its record names it. */
export const Artefact = z.object({
  /** The name a download gets, and the word by which the API is asked for it. */
  name: z.string(),
  objectKey: z.string(),
  contentType: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: Sha256,
  /** The store's mark of what was written, where it was noted: tells damage without reading the file. */
  etag: z.string().optional(),
});
export type Artefact = z.infer<typeof Artefact>;

/** What clients see of an artefact: not where and how it is stored. */
export const ArtefactView = Artefact.omit({ objectKey: true, etag: true }).meta({ id: "ArtefactView" });
export type ArtefactView = z.infer<typeof ArtefactView>;

export const modelArtefactNames = ["model.onnx", "model-card.json", "report.json"] as const;
/** Of a model that was adapted; it has no report. */
export const adaptedModelArtefactNames = ["model.onnx", "model-card.json", "adaptation.json"] as const;
export const diagnosisArtefactNames = [
  "results.csv",
  "results.json",
  "summary.json",
  "sample.json",
  "explanations.json",
  "explanations.csv",
] as const;
export const clusteringArtefactNames = ["clusters.csv", "clusters.json"] as const;
/** Beside those that an adaptation has in common with a diagnosis. */
export const adaptationArtefactNames = ["adaptation.json"] as const;
export const datasetArtefactNames = ["data", "profile.json", "validation-report.json"] as const;

/** A presigned, short-lived address of one artefact. */
export const Download = z
  .object({
    url: z.url(),
    fileName: z.string(),
    sizeBytes: z.int().nonnegative(),
    sha256: Sha256,
    expiresAt: z.iso.datetime(),
    /** The stored file was lost or damaged just now and was restored from a former version. */
    restored: z.boolean().optional(),
  })
  .meta({ id: "Download" });
export type Download = z.infer<typeof Download>;
