import path from 'node:path'
import type { Evidence } from '@fednode/aggregator'
import { createEngine, type Dataset, type Engine, federationModel } from '@fednode/engine'
import {
  type Cid,
  cidOfBlob,
  decodeWeights,
  encodeWeights,
  FedError,
  type Manifest,
  type Weights,
} from '@fednode/protocol'
import { startRef } from '../start/start-ref.ts'
import type { BlobSource } from './blob-source.ts'
import { filledManifest } from './filled-manifest.ts'
import type { RecomputeMeans } from './recompute-round.ts'
import { VALIDATION_FILES } from './validation-file.ts'
import { findValidation } from './validation-rows.ts'
import type { Work } from './work.ts'

/** What rounds are made again with. */
export type MeansMaker = {
  /** What round 1 begins with; undefined where that takes a given model that is not at hand. */
  initialModel(manifest: Manifest): Promise<RecomputeMeans['initialModel'] | undefined>
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
  const starts = new Map<Cid | undefined, ReturnType<typeof readStart>>()
  const startOf = async (manifest: Manifest): ReturnType<typeof readStart> => {
    const { start: cid } = manifest.training
    const engine = await engineOf(options.engine ?? 'wasm')
    const known = starts.get(cid) ?? readStart(manifest, { source, engine })
    starts.set(cid, known)
    return known
  }
  const { options, known, paths, source, scratch, context } = work
  return {
    async initialModel(manifest) {
      const start = await startOf(manifest)
      if (start === 'missing') return undefined
      const engine = await engineOf(options.engine ?? 'wasm')
      const bytes = encodeWeights(federationModel(manifest, { engine, start }).first())
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
      const [validation, start] = [await rows, await startOf(manifest)]
      if (validation === undefined) {
        return `the held-out rows are not here: give  --data FILE  (${manifest.contribution.validation})`
      }
      const initialModel = await this.initialModel(manifest)
      if (start === 'missing' || initialModel === undefined) {
        return `the model that everything starts from is not here  (${manifest.training.start})`
      }
      return {
        ...{ source, validation, scratch, signal: context.signal, initialModel },
        ...(start === undefined ? {} : { start }),
        engine: await engineOf(options.engine ?? evidence.backend),
        expectsUpdates: known.role === 'aggregator' || isVerifier(manifest, source),
      }
    },
  }
}

/** The model that the manifest starts from, where it names one. */
async function readStart(
  manifest: Manifest,
  { source, engine }: { readonly source: BlobSource; readonly engine: Engine },
): Promise<Weights | undefined | 'missing'> {
  const ref = startRef(manifest, engine)
  if (ref === undefined) return undefined
  try {
    return decodeWeights(await source.get(ref), ref.specs)
  } catch (error) {
    // Also what is here but is no such model: then nobody has begun with it.
    if (error instanceof FedError) return 'missing'
    throw error
  }
}

/** Whether the manifest promises this peer all updates. */
function isVerifier({ contribution }: Manifest, { asker }: BlobSource): boolean {
  return asker !== undefined && (contribution.verifiers ?? []).includes(asker)
}
