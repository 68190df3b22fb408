import { CodecError } from '../codec/errors.ts'
import { sizeOf, type TensorSpec, type Weights } from '../codec/weights.ts'
import { decodeUpdate } from '../compression/decode-update.ts'
import type { CompressionSpec } from '../manifest/types.ts'
import type { RefusalCode } from '../messages/types.ts'

/** Smallest normal float32; anything nearer to zero is subnormal and makes arithmetic up to 100 times slower. */
const SMALLEST_NORMAL = 2 ** -126

/** An update that may be averaged, or why not: `tensor` names the first one at fault. */
export type CheckedUpdate =
  | {
      readonly ok: true
      /** Subnormal values are zero in here, see below. */
      readonly weights: Weights
      /** L2 norm of (update - base). */
      readonly norm: number
    }
  | {
      readonly ok: false
      readonly code: Extract<
        RefusalCode,
        'BAD_CONTENT' | 'WRONG_SHAPES' | 'NOT_FINITE' | 'NORM_TOO_LARGE'
      >
      readonly detail: string
      readonly tensor?: string
    }

/** What an update is measured by. */
export type UpdateBounds = {
  /** The global model that it was trained from. */
  readonly base: Weights
  /** Largest L2 norm of (update - base), manifest.limits.updateNorm. */
  readonly maxNorm: number
  /** manifest.compression; absent: weights as they are. */
  readonly compression?: CompressionSpec | undefined
}

/**
 * Checks the bytes of one update (T21): a valid file, the model's tensors, finite, near enough to the base; a compressed one after it
 * was decoded. Subnormal values are read as zero by everybody who uses an update, so that a storm of them slows nobody down.
 */
export function checkUpdateContent(bytes: Uint8Array, bounds: UpdateBounds): CheckedUpdate {
  const { base, maxNorm } = bounds
  const decoded = decode(bytes, bounds)
  if (!decoded.ok) return decoded
  const { weights } = decoded
  const norm = flushedDistance(weights.values, base.values)
  if (!Number.isFinite(norm)) return notFinite(weights)
  if (norm > maxNorm) {
    const tensor = farthestTensor(weights, base)
    const detail = `norm ${norm.toPrecision(6)} above ${maxNorm}, most of it in tensor "${tensor}"`
    return { ok: false, code: 'NORM_TOO_LARGE', detail, tensor }
  }
  return { ok: true, weights, norm }
}

function decode(
  bytes: Uint8Array,
  { base, compression }: UpdateBounds,
): { readonly ok: true; readonly weights: Weights } | Extract<CheckedUpdate, { ok: false }> {
  try {
    return { ok: true, weights: decodeUpdate(bytes, base, compression) }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    const code = error.info.code === 'CODEC_WRONG_TENSORS' ? 'WRONG_SHAPES' : 'BAD_CONTENT'
    return { ok: false, code, detail: error.message }
  }
}

function notFinite({ specs, values }: Weights): CheckedUpdate {
  const index = values.findIndex((value) => !Number.isFinite(value))
  // Only a base that nobody may publish is at fault otherwise.
  if (index === -1) return { ok: false, code: 'NOT_FINITE', detail: 'its base is not finite' }
  const tensor = tensorAt(specs, index)
  const detail = `tensor "${tensor}" holds ${values[index]}`
  return { ok: false, code: 'NOT_FINITE', detail, tensor }
}

/**
 * Makes subnormal values zero and measures the distance, in one pass: updates are large, and everybody reads all of them. Not finite
 * exactly when a value is not, because the base is finite and no square of a float32 difference overflows f64.
 */
function flushedDistance(values: Float32Array, base: Float32Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    let value = values[i] as number
    if (Math.abs(value) < SMALLEST_NORMAL) {
      values[i] = 0
      value = 0
    }
    const change = value - (base[i] as number)
    sum += change * change
  }
  return Math.sqrt(sum)
}

/** Sums in f64: no float32 difference can overflow it. */
function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return Math.sqrt(sum)
}

function tensorAt(specs: readonly TensorSpec[], index: number): string {
  let end = 0
  for (const { name, shape } of specs) {
    end += sizeOf(shape)
    if (index < end) return name
  }
  return ''
}

function farthestTensor(weights: Weights, base: Weights): string {
  let begin = 0
  let farthest = { name: '', norm: -1 }
  for (const { name, shape } of base.specs) {
    const end = begin + sizeOf(shape)
    const norm = distance(weights.values.subarray(begin, end), base.values.subarray(begin, end))
    if (norm > farthest.norm) farthest = { name, norm }
    begin = end
  }
  return farthest.name
}
