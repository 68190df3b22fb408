import { encodeWeights } from '../codec/encode-weights.ts'
import { CodecError } from '../codec/errors.ts'
import type { Weights } from '../codec/weights.ts'
import type { CompressionSpec } from '../manifest/types.ts'
import { encodeFp16Update } from './fp16-update.ts'
import { encodeInt8Update } from './int8-update.ts'
import { encodeTopKUpdate } from './top-k-update.ts'

/** An update as it travels. */
export type EncodedUpdate = {
  readonly bytes: Uint8Array
  /** Only of top-k: what did not travel, to be given to the next call once this update was taken. */
  readonly residual?: Float32Array
}

/**
 * Writes an update in the form that the manifest names: the weights as they are, or the change from `base` compressed. The same input
 * gives the same bytes.
 * @param options.residual - top-k: what the last call left out; as long as the weights.
 * @throws {CodecError} CODEC_WRONG_TENSORS when lengths differ, CODEC_NOT_ENCODABLE when a change is not finite or too large for fp16.
 */
export function encodeUpdate(options: {
  readonly weights: Weights
  readonly base: Weights
  readonly compression: CompressionSpec | undefined
  readonly residual?: Float32Array | undefined
}): EncodedUpdate {
  const { weights, base, compression = { kind: 'none' } } = options
  if (compression.kind === 'none') return { bytes: encodeWeights(weights) }
  const change = changeOf(options)
  switch (compression.kind) {
    case 'fp16':
      return { bytes: encodeFp16Update(change, base.specs) }
    case 'int8':
      return { bytes: encodeInt8Update(change, base.specs) }
    case 'top-k':
      return encodeTopKUpdate(change, compression.ratio)
  }
}

/** weights - base + residual, each rounded once to f32. */
function changeOf(options: {
  readonly weights: Weights
  readonly base: Weights
  readonly residual?: Float32Array | undefined
}): Float32Array {
  const { weights, base, residual } = options
  checkLength(base.values.length, weights.values.length)
  if (residual !== undefined) checkLength(residual.length, weights.values.length)
  const change = new Float32Array(weights.values.length)
  for (let i = 0; i < change.length; i++) {
    const kept = residual === undefined ? 0 : (residual[i] as number)
    change[i] = (weights.values[i] as number) - (base.values[i] as number) + kept
    if (!Number.isFinite(change[i])) throw notFinite(i, change[i])
  }
  return change
}

function notFinite(index: number, change: number | undefined): CodecError {
  const reason = `weight ${index} changed by ${change}`
  return new CodecError(`update: ${reason}`, { code: 'CODEC_NOT_ENCODABLE', reason })
}

function checkLength(actual: number, expected: number): void {
  if (actual === expected) return
  const reason = `${actual} values where the update has ${expected}`
  throw new CodecError(`update: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
}
