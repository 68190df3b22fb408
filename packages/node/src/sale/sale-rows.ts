import type { Features } from '@fednode/engine'
import { type DataSpec, featureShapeOf } from '@fednode/protocol'
import { predictionWidth } from './prediction-width.ts'
import { MAX_ANSWER_BYTES, MAX_BATCH_ROWS, MAX_FEATURE_BYTES } from './sale-limits.ts'

const FLOAT_BYTES = 4
/** Of a prediction. */
const DOUBLE_BYTES = 8
const BYTE_SCALE = 1 / 255

/** Rows on the wire: features as a model reads them, never the file that they are from. */
export type WireRows = { readonly form: 'f32' | 'u8'; readonly features: Uint8Array }

/** How many of such rows one request carries, and one answer: nobody pays for predictions that are too many to be told. */
export function batchRows({ features, featureShape }: Features, data: DataSpec): number {
  return mostRows(sizeOf(featureShape) * features.BYTES_PER_ELEMENT, data)
}

function mostRows(rowBytes: number, data: DataSpec): number {
  const asked = Math.floor(MAX_FEATURE_BYTES / rowBytes)
  const told = Math.floor(MAX_ANSWER_BYTES / (DOUBLE_BYTES * predictionWidth(data)))
  return Math.min(MAX_BATCH_ROWS, asked, told)
}

/** Rows `from` to `to` (not included) as bytes. */
export function encodeRows(rows: Features, from: number, to: number): WireRows {
  const size = sizeOf(rows.featureShape)
  const part = rows.features.slice(from * size, to * size)
  const features = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
  return { form: part instanceof Uint8Array ? 'u8' : 'f32', features }
}

/** Untrusted rows for a model of `data`; undefined when they are none, too many, or hold a number that no file gives. */
export function decodeRows({ form, features }: WireRows, data: DataSpec): Features | undefined {
  const featureShape = featureShapeOf(data)
  const rowBytes = sizeOf(featureShape) * (form === 'f32' ? FLOAT_BYTES : 1)
  const count = features.length / rowBytes
  if (!Number.isInteger(count) || count < 1 || count > mostRows(rowBytes, data)) return undefined
  // A copy: floats have to be aligned.
  const bytes = Uint8Array.from(features)
  const numbers = form === 'f32' ? new Float32Array(bytes.buffer) : bytes
  const featureScale = form === 'f32' ? 1 : BYTE_SCALE
  // Tokens are indexes of a table: others would read beside it.
  const isGood = data.kind === 'text' ? isTokenOf(data.buckets) : Number.isFinite
  const hasBytes = form === 'u8' && data.kind !== 'array'
  if (hasBytes || !numbers.every(isGood)) return undefined
  return { count, featureShape, features: numbers, featureScale }
}

function isTokenOf(buckets: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= 0 && value <= buckets
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
