import path from 'node:path'
import type { Evidence } from '@fednode/aggregator'
import { createEngine, type Dataset, type Engine } from '@fednode/engine'
import { cidOfBlob, encodeWeights, type Manifest, modelSpecOf } from '@fednode/protocol'
import type { BlobSource } from './blob-source.ts'
import { filledManifest } from './filled-manifest.ts'
import type { RecomputeMeans } from './recompute-round.ts'
import { VALIDATION_FILES } from './validation-file.ts'
import { findValidation } from './validation-rows.ts'
import type { Work } from './work.ts'

/** What rounds are made again with. */
export type MeansMaker = {
  /** The model of the manifest's seed. */
  initialModel(manifest: Manifest): Promise<RecomputeMeans['initialModel']>
  /** Everything for one round, or why it cannot be made again. @throws {UserError} as findValidation. */
  of(manifest: Manifest, evidence: Evidence): Promise<RecomputeMeans | string>
}

/** Makes engines and reads rows once, for all rounds. */
export function createMeans(work: Work): MeansMaker {
  const engines = new Map<Engine['evaluationBackend'], Promise<Engine>>()
  const engineOf = (backend: Engine['evaluationBackend']): Promise<Engine> => {
    const known = engines.get(backend) ?? createEngine({ backend })
    engines.set(backend, known)
    return known
  }
  let rows: Promise<Dataset | undefined> | undefined
  const { options, known, paths, source, scratch, context } = work
  return {
    async initialModel(manifest: Manifest): Promise<RecomputeMeans['initialModel']> {
      const engine = await engineOf(options.engine ?? 'wasm')
      const weights = engine.initialWeights(modelSpecOf(manifest), manifest.seed)
      const bytes = encodeWeights(weights)
      return { cid: cidOfBlob(bytes), bytes }
    },
    async of(manifest: Manifest, evidence: Evidence): Promise<RecomputeMeans | string> {
      const filled = await filledManifest(manifest, evidence, source)
      if (filled === undefined) return 'its opening names no pooled statistics'
      rows ??= findValidation(filled, {
        ...(options.data === undefined ? {} : { named: options.data }),
        tried: [
          ...(known.validationFile === undefined ? [] : [known.validationFile]),
          ...VALIDATION_FILES.map((name) => path.join(options.dataDirectory, name)),
          ...VALIDATION_FILES.map((name) => path.join(paths.directory, name)),
        ],
      })
      const validation = await rows
      if (validation === undefined) {
        return `the held-out rows are not here: give  --data FILE  (${manifest.contribution.validation})`
      }
      return {
        ...{ source, validation, scratch, signal: context.signal },
        engine: await engineOf(options.engine ?? evidence.backend),
        expectsUpdates: known.role === 'aggregator' || isVerifier(manifest, source),
        initialModel: await this.initialModel(manifest),
      }
    },
  }
}

/** Whether the manifest promises this peer all updates. */
function isVerifier({ contribution }: Manifest, { asker }: BlobSource): boolean {
  return asker !== undefined && (contribution.verifiers ?? []).includes(asker)
}
