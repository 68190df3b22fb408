import { encodeWeights } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, honest } from '../../support/scripted-silo.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const silentIn =
  (round: number): Behaviour =>
  async (open, silo) => {
    if (open.round !== round) await honest(open, silo)
  }

/** Finite and within the norm bound, but far enough to make every prediction certain and wrong. */
const divergingIn =
  (round: number, size: number): Behaviour =>
  async (open, silo) => {
    if (open.round !== round) return honest(open, silo)
    const { specs, values } = await silo.fetchModel(open)
    await silo.submit(
      open,
      encodeWeights({ specs, values: values.map((_, i) => (i % 2 ? size : -size)) }),
    )
  }

describe('a round that cannot be counted', () => {
  it('is void when too few updates come in time; the model stays, the pot is carried, the next round goes on', async () => {
    world = await createWorld({
      silos: { alpha: undefined, beta: silentIn(1) },
      rounds: { count: 2, deadlineSeconds: 1 },
    })
    await (await world.startCoordinator()).coordinator.done
    const [first, second] = world.readJournal((journal) => journal.records())
    expect(first).toMatchObject({ state: 'void', contributions: [] })
    expect(first?.updates.map(({ silo }) => silo)).toEqual(['alpha'])
    expect(second).toMatchObject({ state: 'final' })
    expect(world.chain.sent.slice(1)).toEqual([
      'fund 1',
      'void 1',
      'fund 2',
      'assert 2',
      'finalize 2',
    ])
    const [open] = world.silos.get('alpha')?.opens ?? []
    expect(first?.model).toEqual(open?.model)
    if (first === undefined) throw new Error('no record')
    const evidence = parseEvidence(await world.blobs.get(first.evidence.cid))
    expect(evidence).toMatchObject({ voidReason: 'TOO_FEW_UPDATES', shares: [0, 0] })
  })

  it('T32: does not make a replay of what a silo sends again from the same base', async () => {
    const always: Behaviour = async (open, silo) => {
      const { specs, values } = await silo.fetchModel(open)
      await silo.submit(open, encodeWeights({ specs, values: values.map((value) => value + 0.1) }))
    }
    world = await createWorld({
      silos: { alpha: always, beta: silentIn(1) },
      rounds: { count: 2, deadlineSeconds: 2 },
    })
    await (await world.startCoordinator()).coordinator.done
    const [first, second] = world.readJournal((journal) => journal.records())
    expect(first).toMatchObject({ state: 'void' })
    expect(second?.updates.map(({ silo }) => silo)).toEqual(['alpha', 'beta'])
    expect(second?.updates[0]?.update).toEqual(first?.updates[0]?.update)
  })

  it('T40: is void when the new model diverged, and the last good model is kept', async () => {
    world = await createWorld({
      silos: { alpha: divergingIn(2, 3e8), beta: divergingIn(2, 2e8) },
      rounds: { count: 3 },
      updateNorm: 1e9,
    })
    await (await world.startCoordinator()).coordinator.done
    const [first, second, third] = world.readJournal((journal) => journal.records())
    expect(second).toMatchObject({ state: 'void', model: first?.model, contributions: [] })
    expect(third).toMatchObject({ state: 'final' })
    expect(world.chain.sent).toContain('void 2')
    if (second === undefined) throw new Error('no record')
    const evidence = parseEvidence(await world.blobs.get(second.evidence.cid))
    expect(evidence.voidReason).toBe('DIVERGED')
  })
})
