import {
  type CompressionSpec,
  cidOfBlob,
  decodeUpdate,
  decodeWeights,
  encodeUpdate,
  encodeWeights,
  maxUpdateBytes,
  maxWeightsBytes,
  type TensorSpec,
} from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, steppedFrom } from '../../support/scripted-silo.ts'

const SPECS: readonly TensorSpec[] = [
  { name: 'dense_1/kernel', shape: [2, 2] },
  { name: 'dense_1/bias', shape: [2] },
]
const TOP_K = { kind: 'top-k', ratio: 0.3 } as const

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

/** Trains, in its way, and sends what the manifest asks for. */
function compressing(compression: CompressionSpec): Behaviour {
  return async (open, silo) => {
    const base = await silo.fetchModel(open)
    const weights = await steppedFrom(open, silo)
    await silo.submit(open, encodeUpdate({ weights, base, compression }).bytes)
  }
}

async function play(compression: CompressionSpec, silos: Record<string, Behaviour>) {
  world = await createWorld({ silos, compression, rounds: { count: 1, deadlineSeconds: 1 } })
  await (await world.startCoordinator()).coordinator.done
  const [record] = world.readJournal((journal) => journal.records())
  if (record === undefined) throw new TypeError('no round was played')
  return { world, record }
}

describe('a federation with compressed updates', () => {
  it.each<CompressionSpec>([{ kind: 'fp16' }, { kind: 'int8' }, TOP_K])(
    'averages what they decode to: $kind',
    async (compression) => {
      const behave = compressing(compression)
      const { world: played, record } = await play(compression, { alpha: behave, beta: behave })
      expect(record).toMatchObject({ state: 'final', refusals: [] })
      const open = played.silos.get('alpha')?.opens[0]
      if (open === undefined) throw new TypeError('no round was opened')
      const base = decodeWeights(await played.blobs.get(open.model.cid), SPECS)
      const model = decodeWeights(await played.blobs.get(record.model.cid), SPECS)
      const [one, other] = await Promise.all(
        record.updates.map(async ({ update }) =>
          decodeUpdate(await played.blobs.get(update.cid), base, compression),
        ),
      )
      model.values.forEach((value, i) => {
        const sum = (one?.values[i] as number) + (other?.values[i] as number)
        expect(value).toBe(Math.fround(sum / 2))
      })
      expect(model.values).not.toEqual(base.values)
    },
  )

  it('refuses weights as they are: WRONG_SHAPES', async () => {
    const plain: Behaviour = async (open, silo) => {
      await silo.submit(open, encodeWeights(await steppedFrom(open, silo)))
    }
    const behave = compressing(TOP_K)
    const { record } = await play(TOP_K, { alpha: behave, beta: behave, mallory: plain })
    expect(record.refusals.map(({ code }) => code)).toEqual(['WRONG_SHAPES'])
    expect(record.updates.map(({ silo }) => silo)).toEqual(['alpha', 'beta'])
  })

  it('T8: does not fetch one that is larger than its form can be, however small the weights are', async () => {
    const size = maxUpdateBytes(SPECS, TOP_K) + 1
    expect(size).toBeLessThan(maxWeightsBytes(SPECS))
    const large: Behaviour = async (open, silo) => {
      const update = { cid: cidOfBlob(Uint8Array.of(1)), size }
      await silo.submit(open, Uint8Array.of(1), { update })
    }
    const behave = compressing(TOP_K)
    const { record } = await play(TOP_K, { alpha: behave, beta: behave, mallory: large })
    expect(record.refusals.map(({ code }) => code)).toEqual(['TOO_LARGE'])
  })
})
