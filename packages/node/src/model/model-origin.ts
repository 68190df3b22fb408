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
  readonly round?: number
} {
  const { scenario, round } = kept ?? {}
  return {
    federation: manifest.name,
    manifest: manifestCid,
    model: modelCid,
    ...(scenario === undefined ? {} : { scenario }),
    ...(round === undefined ? {} : { round }),
  }
}
