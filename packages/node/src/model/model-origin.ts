import type { FoundModel } from './found-model.ts'

/** Where a model comes from, as commands tell it with --json. */
export function modelOrigin({
  manifest,
  manifestCid,
  modelCid,
  kept,
}: Pick<FoundModel, 'manifest' | 'manifestCid' | 'modelCid' | 'kept'>): {
  readonly federation: string
  readonly manifest: string
  readonly model: string
  readonly scenario?: string
  /** Of an alliance or task: alliance:1. */
  readonly run?: string
  readonly round?: number
} {
  const { scenario, place, round } = kept ?? {}
  return {
    federation: manifest.name,
    manifest: manifestCid,
    model: modelCid,
    ...(scenario === undefined ? {} : { scenario }),
    ...(place === undefined ? {} : { run: place.name }),
    ...(round === undefined ? {} : { round }),
  }
}
