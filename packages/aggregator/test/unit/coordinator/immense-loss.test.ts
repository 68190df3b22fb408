import { encodeWeights, fromPico } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, honest } from '../../support/scripted-silo.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

/** Finite and within the norm bound, but every prediction is wrong by more nats than a message can say (9,007). */
const immense: Behaviour = async (open, silo) => {
  const { specs, values } = await silo.fetchModel(open)
  await silo.submit(
    open,
    encodeWeights({ specs, values: values.map((_, i) => (i % 2 ? 1e6 : -1e6)) }),
  )
}

describe('T21: one silo whose model has an immense, finite loss', () => {
  it('does not end the coordinator when accuracy is what counts', async () => {
    world = await createWorld({
      silos: { alpha: honest, beta: honest, mallory: immense },
      rounds: { count: 1 },
      updateNorm: 1e9,
      contribution: { utility: 'accuracy' },
    })
    await (await world.startCoordinator()).coordinator.done
    const records = world.readJournal((journal) => journal.records())
    // The mean took over that model: a divergence, and the last good model is kept (T40).
    expect(records.map(({ state }) => state)).toEqual(['void'])
  })

  it('does not void the round of the others when the loss is what counts', async () => {
    world = await createWorld({
      silos: { alpha: honest, beta: honest, mallory: immense },
      rounds: { count: 1 },
      updateNorm: 1e9,
      strategy: { name: 'median', weighting: 'equal' },
    })
    await (await world.startCoordinator()).coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    if (record === undefined) throw new RangeError('no record')
    const evidence = parseEvidence(await world.blobs.get(record.evidence.cid))
    expect(evidence.voidReason).toBeUndefined()
    expect(Math.min(...evidence.utilitiesPico.map(fromPico))).toBe(-9_000)
    const [, , mallory] = record.contributions
    expect(mallory).toMatchObject({ silo: 'mallory', share: 0 })
  })
})
