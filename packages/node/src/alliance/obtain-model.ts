import { setTimeout as sleep } from 'node:timers/promises'
import {
  BlobError,
  cidFromDigest,
  countValues,
  decodeWeights,
  digestOfCid,
  encodeWeights,
  FedError,
  type TensorSpec,
  type Weights,
} from '@fednode/protocol'
import { AllianceError } from './alliance-error.ts'
import type { AllianceRun } from './alliance-node.ts'
import { firstModel } from './first-model.ts'

/** Wait before a blob is asked for again when nobody delivered it, in ms. */
const FETCH_RETRY_MS = 500

/**
 * A global model by its digest on the chain: from the store, as the manifest's first one, or from whoever has it; asked for until the
 * signal fires. It is kept, and given to other participants.
 * @throws {AllianceError} BAD_ALLIANCE_MODEL; the signal's reason.
 */
export async function obtainModel(
  run: AllianceRun,
  wanted: { readonly round: number; readonly digest: `0x${string}` },
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly weights: Weights }> {
  const { deps, host, model, options } = run
  const engine = await run.engine()
  const specs = engine.weightSpecs(model)
  const cid = cidFromDigest(wanted.digest, 'dag-cbor')
  if (!(await deps.blobs.has(cid))) {
    const first = await deps.blobs.put(firstModel(engine, options.manifest))
    const size = encodedBytes(specs)
    if (digestOfCid(first.cid) !== wanted.digest) {
      await untilFetched(
        () => host.fetchBlob({ cid, size }, { peers: host.connectedMembers(), signal }),
        signal,
      )
    }
  }
  const bytes = await deps.blobs.get(cid)
  const weights = decode(bytes, specs, wanted.round)
  deps.journal.saveModel(cid)
  run.served.models.add(cid)
  return { bytes, weights }
}

/** Tries until it is there; whoever has it may be away for a moment. @throws the signal's reason. */
export async function untilFetched(fetch: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    try {
      return await fetch()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof BlobError)) throw error
      await sleep(FETCH_RETRY_MS, undefined, { signal })
    }
  }
}

/** All models of these tensors have the same length. */
function encodedBytes(specs: readonly TensorSpec[]): number {
  return encodeWeights({ specs, values: new Float32Array(countValues(specs)) }).length
}

function decode(bytes: Uint8Array, specs: readonly TensorSpec[], round: number): Weights {
  try {
    const weights = decodeWeights(bytes, specs)
    if (weights.values.every(Number.isFinite)) return weights
    throw badModel(round, 'a weight is not finite')
  } catch (error) {
    if (error instanceof AllianceError || !(error instanceof FedError)) throw error
    throw badModel(round, error.message, error)
  }
}

function badModel(round: number, reason: string, cause?: unknown): AllianceError {
  return new AllianceError(
    `the global model before round ${round} cannot be used: ${reason}`,
    { code: 'BAD_ALLIANCE_MODEL', round, reason },
    { cause },
  )
}
