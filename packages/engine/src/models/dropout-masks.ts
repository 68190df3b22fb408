import { sizeOf } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { createRandomFrom, type Random } from '../random.ts'
import type { LayerPlan } from './layer-plan.ts'

const UINT32 = 4_294_967_296
/** Sets this stream apart from the one that shuffles rows. */
const STREAM = 0x64726f70

/**
 * Makes the masks of a model's Dropout layers, one per layer, for a batch of rows: 0 with the layer's rate and 1 / (1 - rate) otherwise
 * (Srivastava et al. 2014, section 10: what passes is scaled up in training). One seeded stream for all batches.
 */
export function createDropoutMasks(
  layers: readonly LayerPlan[],
  seed: number,
): (rows: number) => tf.Tensor[] {
  const random = streamOf(seed)
  const dropouts = layers.flatMap(({ spec, input }) =>
    spec.className === 'Dropout' ? [{ rate: spec.config.rate, input }] : [],
  )
  return (rows) =>
    dropouts.map(({ rate, input }) =>
      tf.tensor(maskOf(rows * sizeOf(input), rate, random), [rows, ...input]),
    )
}

function maskOf(size: number, rate: number, random: Random): Float32Array {
  const dropped = rate * UINT32
  const passed = 1 / (1 - rate)
  const mask = new Float32Array(size)
  for (let i = 0; i < size; i++) mask[i] = random.uint32() < dropped ? 0 : passed
  return mask
}

function streamOf(seed: number): Random {
  const words = Uint32Array.of(seed >>> 0, Math.floor(seed / UINT32) >>> 0, STREAM)
  const bytes = new Uint8Array(words.length * words.BYTES_PER_ELEMENT)
  const view = new DataView(bytes.buffer)
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true)
  return createRandomFrom(bytes)
}
