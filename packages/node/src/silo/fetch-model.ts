import type { Engine } from '@fednode/engine'
import type { ModelSpec } from '@fednode/protocol'
import {
  type BlobRef,
  type BlobStore,
  decodeWeights,
  FedError,
  type Host,
  maxWeightsBytes,
  type PeerIdText,
  type Round,
  type TensorSpec,
  type Weights,
} from '@fednode/protocol'
import { SiloError } from './silo-error.ts'

/** What fetching a global model needs. */
export type ModelSource = {
  readonly engine: Pick<Engine, 'weightSpecs'>
  readonly model: ModelSpec
  readonly host: Pick<Host, 'fetchBlob'>
  /** The host's store. */
  readonly blobs: Pick<BlobStore, 'get'>
  /** Who may have the global model; the first is the aggregator, asked for what the others do not have. */
  readonly providers: readonly PeerIdText[]
}

/** A global model as it came, and what it holds. */
export type FetchedModel = { readonly bytes: Uint8Array; readonly weights: Weights }

/** What the aggregator announced: a global model, or a vector in the form of one. */
export type AnnouncedModel = {
  readonly round: Round
  readonly model: BlobRef
  /** What it is, for whoever reads the error. @default 'model' */
  readonly what?: string
}

/**
 * Fetches a global model that the aggregator announced. Not asked for when it is larger than the manifest's model can be (T8); checked
 * before anybody uses it: the manifest's tensors (T19), finite (T21).
 * @throws {SiloError} BAD_GLOBAL_MODEL. @throws {BlobError} when nobody delivers it.
 */
export async function fetchModel(
  announced: AnnouncedModel,
  source: ModelSource,
  signal: AbortSignal,
): Promise<FetchedModel> {
  const { model: ref } = announced
  const specs = source.engine.weightSpecs(source.model)
  const limit = maxWeightsBytes(specs)
  if (ref.size > limit) {
    throw badModel(announced, `it has ${ref.size} bytes, at most ${limit} are possible`)
  }
  await source.host.fetchBlob(ref, { peers: source.providers, signal })
  const bytes = await source.blobs.get(ref.cid)
  const weights = decode(announced, bytes, specs)
  if (!weights.values.every(Number.isFinite)) throw badModel(announced, 'a weight is not finite')
  return { bytes, weights }
}

function decode(
  announced: AnnouncedModel,
  bytes: Uint8Array,
  specs: readonly TensorSpec[],
): Weights {
  try {
    return decodeWeights(bytes, specs)
  } catch (error) {
    if (error instanceof FedError) throw badModel(announced, error.message, error)
    throw error
  }
}

function badModel(
  { round, what = 'model' }: AnnouncedModel,
  reason: string,
  cause?: unknown,
): SiloError {
  return new SiloError(
    `the aggregator's ${what} of round ${round} cannot be used: ${reason}`,
    { code: 'BAD_GLOBAL_MODEL', round, reason },
    { cause },
  )
}
