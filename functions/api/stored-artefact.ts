import type { Artefact } from "@systemhealer/contract/artefact";
import { ensureStored } from "@systemhealer/domain/use-cases/ensure-stored";
import type { Services } from "./services.ts";

/**
 * An artefact of a model or run that is about to be read; what is lost or damaged is restored where it can be.
 * @throws ConflictError `file-lost`
 */
export async function storedArtefact(
  services: Services,
  owner: { readonly workspaceId: string; readonly id: string },
  artefact: Artefact,
): Promise<Artefact & { readonly restored: boolean }> {
  return { ...artefact, restored: await ensureStored(services, owner, artefact) };
}

/** What a run reads of a model. */
const readByRuns: readonly string[] = ["model.onnx", "model-card.json"];

/** All that a run reads of a model is there. @throws NotFoundError; ConflictError `file-lost` */
export async function expectModelStored(services: Services, workspaceId: string, modelId: string): Promise<void> {
  const { artefacts } = await services.models.get(workspaceId, modelId);
  for (const artefact of artefacts.filter(({ name }) => readByRuns.includes(name)))
    await ensureStored(services, { workspaceId, id: modelId }, artefact);
}
