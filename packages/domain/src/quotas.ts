import type { Limits } from "@systemhealer/contract/limits";
import type { Quotas, QuotasChange } from "@systemhealer/contract/quotas";
import type { Workspace } from "@systemhealer/contract/workspace";
import { InvalidError } from "./errors.ts";

/** What the installation allows a workspace at most. */
export function mostOf(limits: Limits): Quotas {
  return { storageBytes: limits.maxStorageBytes, runsAtOnce: limits.maxRunsAtOnce, rowsPerFile: limits.maxRows };
}

/** Bytes of all files that a workspace may hold. */
export function storageQuotaOf(workspace: Workspace, { maxStorageBytes }: Pick<Limits, "maxStorageBytes">): number {
  return Math.min(workspace.quotas?.storageBytes ?? maxStorageBytes, maxStorageBytes);
}

/** What counts for a workspace: what it has set, but never more than the installation allows. */
export function quotasOf(workspace: Workspace | undefined, limits: Limits): Quotas {
  const most = mostOf(limits);
  const set = workspace?.quotas ?? {};
  return {
    storageBytes: Math.min(set.storageBytes ?? most.storageBytes, most.storageBytes),
    runsAtOnce: Math.min(set.runsAtOnce ?? most.runsAtOnce, most.runsAtOnce),
    rowsPerFile: Math.min(set.rowsPerFile ?? most.rowsPerFile, most.rowsPerFile),
  };
}

/** The limits of the installation with a workspace's quotas in them. */
export function limitsOf(workspace: Workspace | undefined, limits: Limits): Limits {
  const { storageBytes, runsAtOnce, rowsPerFile } = quotasOf(workspace, limits);
  return { ...limits, maxStorageBytes: storageBytes, maxRunsAtOnce: runsAtOnce, maxRows: rowsPerFile };
}

/** @throws InvalidError `quota-too-high` */
export function changeQuotas(
  workspace: Workspace,
  { version, ...change }: QuotasChange,
  limits: Limits,
  at: string,
): Workspace {
  const most = mostOf(limits);
  const quotas: NonNullable<Workspace["quotas"]> = { ...workspace.quotas };
  for (const name of Object.keys(most) as (keyof Quotas)[]) {
    const value = change[name];
    if (value === null) delete quotas[name];
    else if (value !== undefined) {
      if (value > most[name]) throw new InvalidError("quota-too-high", { name, found: value, expected: most[name] });
      quotas[name] = value;
    }
  }
  return { ...workspace, quotas, version: version + 1, updatedAt: at };
}
