import type { FoundModel } from './found-model.ts'

/** What a model file says of itself: where it comes from, and how rows become its input. */
export function modelNotes({
  manifest,
  manifestCid,
  data,
  modelCid,
  kept,
}: Omit<FoundModel, 'weights'>): Readonly<Record<string, string>> {
  return {
    federation: manifest.name,
    ...(kept === undefined ? {} : { scenario: kept.scenario, round: String(kept.round) }),
    manifest: manifestCid,
    model: modelCid,
    task: manifest.task,
    data: JSON.stringify(data),
  }
}
