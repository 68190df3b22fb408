import { sizeOf } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { createRandomFrom, type Random } from '../random.ts'
import type { LayerPlan } from './layer-plan.ts'

const UINT32 = 4_294_967_296
/** Sets these streams apart from the one that shuffles rows. */
const STREAM = 0x64726f70

/** Which rows of a training a mask is for: a step, and a shard of its batch. */
type Position = { readonly step: number; readonly shard: number }

/**
 * Makes the masks of a model's Dropout layers, one per layer, for a batch of rows: 0 with the layer's rate and 1 / (1 - rate) otherwise
 * (Srivastava et al. 2014, section 10: what passes is scaled up in training). Every shard of every step has a seeded stream of its own, so
 * that it does not matter which thread draws what before.
 */
export function createDropoutMasks(
  layers: readonly LayerPlan[],
  seed: number,
): (rows: number, at: Position) => tf.Tensor[] {
  const dropouts = layers.flatMap(({ spec, input }) =>
    spec.className === 'Dropout' ? [{ rate: spec.config.rate, input }] : [],
  )
  return (rows, at) => {
    const random = streamOf(seed, at)
    return dropouts.map(({ rate, input }) =>
      tf.tensor(maskOf(rows * sizeOf(input), rate, random), [rows, ...input]),
    )
  }
}

function maskOf(size: number, rate: number, random: Random): Float32Array {
  const dropped = rate * UINT32
  const passed = 1 / (1 - rate)
  const mask = new Float32Array(size)
  for (let i = 0; i < size; i++) mask[i] = random.uint32() < dropped ? 0 : passed
  return mask
}

function streamOf(seed: number, { step, shard }: Position): Random {
  const seeds = [seed >>> 0, Math.floor(seed / UINT32) >>> 0, step, shard]
  // createRandomFrom chains words and has four of state: after the last four words all of the state depends on every seed.
  const words = Uint32Array.of(...seeds, STREAM, STREAM, STREAM, STREAM)
  const bytes = new Uint8Array(words.length * words.BYTES_PER_ELEMENT)
  const view = new DataView(bytes.buffer)
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true)
  return createRandomFrom(bytes)
}
