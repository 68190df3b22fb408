import { alignedBytes } from '../codec/aligned-bytes.ts'
import { cutTensors } from '../codec/cut-tensors.ts'
import { CodecError } from '../codec/errors.ts'
import { readTensors } from '../codec/read-tensors.ts'
import { encodeSafetensors } from '../codec/safetensors.ts'
import type { TensorForm } from '../codec/tensor.ts'
import { weightForms } from '../codec/weight-forms.ts'
import { countValues, sizeOf, type TensorSpec, type Weights } from '../codec/weights.ts'

/** Largest quantised magnitude: the range is symmetric, -128 is never written. */
const LEVELS = 127
/** Smallest normal float32: a smaller scale is 0, its channel did not move. */
const SMALLEST_SCALE = 2 ** -126
const SCALE_SUFFIX = ':scale'

/** Values of one tensor that lie `channels` apart share a scale: one output unit of a kernel, or all of a bias. */
type Channels = { readonly start: number; readonly size: number; readonly channels: number }

/** The tensors of an int8 update: all scales, then all changes. */
export function int8Forms(specs: readonly TensorSpec[]): readonly TensorForm[] {
  return [...scaleForms(specs), ...weightForms(specs, 'I8')]
}

/**
 * A change of weights as bytes with one scale per output unit, symmetric: scale = max |change| / 127 rounded to
 * f32, q = round(change / scale), halves up.
 * @see Krishnamoorthi 2018, arXiv 1806.08342, section 2.2 (symmetric quantizer), 3 (per channel)
 */
export function encodeInt8Update(change: Float32Array, specs: readonly TensorSpec[]): Uint8Array {
  const scales = new Float32Array(countValues(scaleForms(specs)))
  const quantised = new Int8Array(change.length)
  let first = 0
  for (const part of channelsOf(specs)) {
    const own = scales.subarray(first, first + part.channels)
    setScales(own, change, part)
    quantise(quantised, change, { ...part, scales: own })
    first += part.channels
  }
  return encodeSafetensors([
    ...cutTensors(scaleForms(specs), scales),
    ...cutTensors(weightForms(specs, 'I8'), quantised),
  ])
}

/**
 * base + q * scale, each rounded once to f32; a scale that is not finite gives values that are not.
 * @throws {CodecError} CODEC_BAD_COMPRESSION for a negative scale or a byte of -128; else as readTensors.
 */
export function decodeInt8Update(bytes: Uint8Array, base: Weights): Float32Array {
  const tensors = readTensors(bytes, int8Forms(base.specs))
  const values = new Float32Array(base.values.length)
  const parts = channelsOf(base.specs)
  parts.forEach((part, index) => {
    const scales = readScales(tensors[index] as Uint8Array)
    const { buffer, byteOffset, length } = tensors[parts.length + index] as Uint8Array
    const quantised = new Int8Array(buffer, byteOffset, length)
    for (let i = 0, channel = 0; i < length; i++) {
      const q = quantised[i] as number
      if (q < -LEVELS) throw bad('a byte of -128')
      const at = part.start + i
      values[at] = (base.values[at] as number) + q * (scales[channel] as number)
      channel = channel + 1 === part.channels ? 0 : channel + 1
    }
  })
  return values
}

function readScales(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = alignedBytes(bytes, 4)
  const scales = new Float32Array(buffer, byteOffset, length / 4)
  const negative = scales.find((scale) => scale < 0)
  if (negative !== undefined) throw bad(`a scale of ${negative}`)
  return scales
}

function setScales(scales: Float32Array, change: Float32Array, part: Channels): void {
  for (let i = 0, channel = 0; i < part.size; i++) {
    const magnitude = Math.abs(change[part.start + i] as number)
    if (magnitude > (scales[channel] as number)) scales[channel] = magnitude
    channel = channel + 1 === part.channels ? 0 : channel + 1
  }
  scales.forEach((largest, channel) => {
    scales[channel] = largest / LEVELS < SMALLEST_SCALE ? 0 : largest / LEVELS
  })
}

function quantise(
  target: Int8Array,
  change: Float32Array,
  { start, size, channels, scales }: Channels & { readonly scales: Float32Array },
): void {
  for (let i = start, channel = 0; i < start + size; i++) {
    const scale = scales[channel] as number
    target[i] = scale === 0 ? 0 : Math.round((change[i] as number) / scale)
    channel = channel + 1 === channels ? 0 : channel + 1
  }
}

function scaleForms(specs: readonly TensorSpec[]): TensorForm[] {
  const channels = channelsOf(specs)
  return specs.map(({ name }, i) => ({
    name: `${name}${SCALE_SUFFIX}`,
    dtype: 'F32',
    shape: [channels[i]?.channels ?? 1],
  }))
}

function channelsOf(specs: readonly TensorSpec[]): Channels[] {
  let end = 0
  return specs.map(({ shape }) => {
    const start = end
    const size = sizeOf(shape)
    end += size
    return { start, size, channels: shape.length > 1 ? (shape.at(-1) ?? 1) : 1 }
  })
}

function bad(reason: string): CodecError {
  return new CodecError(`int8 update: ${reason}`, { code: 'CODEC_BAD_COMPRESSION', reason })
}
