import type { Client } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { clientOf, diagnosed, trained, uploaded } from "./api.ts";
import { tinyCluster } from "./tiny-cluster.ts";
import { signUp, type Visitor, visitor } from "./visitor.ts";

export interface ClusterOwner {
  readonly guest: Visitor;
  readonly page: Page;
  readonly client: Client;
  readonly email: string;
}

/** Somebody with a quick model of the three faults of the tiny cluster, which is the active one. */
export async function clusterOwner(): Promise<ClusterOwner> {
  const guest = await visitor({ language: "en" });
  const { page } = guest;
  const email = await signUp(guest, "en");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 600, seed: 7, labelled: true }));
  await trained(client, {
    datasetId,
    name: "Quick trees",
    settings: { learner: { learner: "gbdt", rounds: 12, learningRate: 0.3 }, map: "pca", keepSample: false },
  });
  return { guest, page, client, email };
}

/** @returns the id of a finished diagnosis of so many rows, called field.csv */
export async function diagnosedField(client: Client, rows: number): Promise<string> {
  const file = tinyCluster({ rows, seed: 11, labelled: false });
  return diagnosed(client, await uploaded(client, "field.csv", file, "diagnosis"));
}
