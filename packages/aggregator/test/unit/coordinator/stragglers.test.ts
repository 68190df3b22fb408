import { setTimeout as sleep } from 'node:timers/promises'
import { PROTOCOL_VERSION, type RoundOpen, type SiloName } from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../support/coordination.ts'
import { type Behaviour, heldUntil, honest } from '../../support/scripted-silo.ts'
import { CHAIN_ID, SCENARIO } from '../../support/tiny-federation.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

function announcementOf(open: RoundOpen, silo: SiloName) {
  return {
    type: 'update-ready' as const,
    ...{ version: PROTOCOL_VERSION, chainId: CHAIN_ID, scenario: SCENARIO, sentAt: Date.now() },
    ...{ term: open.term, round: open.round, silo, base: open.model.cid },
    ...{ samples: 1, trainMs: 1, lossMicros: 1 },
  }
}

const QUICK = { alpha: undefined, beta: undefined, gamma: undefined }

/** Takes part in round 1 and delivers nothing for the second before it has a result. */
const slowInRound2 =
  (until: Promise<unknown>): Behaviour =>
  (open, silo) =>
    open.round === 1 ? honest(open, silo) : heldUntil(until)(open, silo)

describe('a round with a target share', () => {
  it('ends without a straggler when updates had the time that they usually take', async () => {
    const over = Promise.withResolvers<void>()
    world = await createWorld({
      silos: { ...QUICK, slow: slowInRound2(over.promise) },
      rounds: { count: 2, minSilos: 2, maxSilos: 4, deadlineSeconds: 600, targetShare: 0.75 },
    })
    const { coordinator } = await world.startCoordinator()
    await coordinator.done
    over.resolve()
    const records = world.readJournal((journal) => journal.records())
    expect(records.map(({ updates }) => updates.map(({ silo }) => silo))).toEqual([
      ['alpha', 'beta', 'gamma', 'slow'],
      ['alpha', 'beta', 'gamma'],
    ])
    expect(records[1]?.contributions.map(({ silo }) => silo)).toEqual(['alpha', 'beta', 'gamma'])
    expect(world.chain.asserted.get(2)?.shares[3]).toBe(0)
  })

  it('waits for all while it is not known how long updates take', async () => {
    world = await createWorld({
      silos: { ...QUICK, slow: heldUntil(sleep(1_500)) },
      rounds: { count: 1, minSilos: 2, maxSilos: 4, deadlineSeconds: 600, targetShare: 0.5 },
    })
    const { coordinator } = await world.startCoordinator()
    await coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    expect(record?.updates).toHaveLength(4)
  })

  it('tells whoever announces after the end that it is late, also in the next round', async () => {
    const second = Promise.withResolvers<void>()
    const belated: Behaviour = async (open, silo) => {
      if (open.round !== 1) return second.resolve()
      await second.promise
      // The round is over for it too, but it was not told what became of its update.
      await silo.submit({ ...open, round: 1 }, new Uint8Array(64))
    }
    const holding: Behaviour = async (open, silo) => {
      if (open.round === 2) await late.promise
      await honest(open, silo)
    }
    const late = Promise.withResolvers<void>()
    world = await createWorld({
      silos: { alpha: holding, beta: undefined, gamma: belated },
      rounds: { count: 2, minSilos: 2, maxSilos: 3, deadlineSeconds: 2 },
    })
    const gamma = world.silos.get('gamma')
    if (gamma === undefined) throw new TypeError('no gamma')
    // It hears no results, so that it goes on announcing.
    Object.assign(gamma.results, { push: () => 0 })
    const { coordinator } = await world.startCoordinator()
    await expect.poll(() => gamma.receipts.length, { timeout: 10_000 }).toBeGreaterThan(0)
    late.resolve()
    await coordinator.done
    expect(gamma.receipts[0]).toMatchObject({ round: 1, accepted: false, code: 'LATE' })
  })

  it('T6: is answered a bounded number of times, whatever is announced of a round that is over', async () => {
    const second = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const flooding: Behaviour = async (open, silo) => {
      if (open.round !== 1) return second.resolve()
      await second.promise
      for (let i = 0; i < 50; i++) {
        const update = await silo.blobs.put(new Uint8Array(64).fill(i))
        await silo.publish({ ...announcementOf(open, silo.name), update })
      }
      asked.resolve()
    }
    const holding: Behaviour = async (open, silo) => {
      if (open.round === 2) await asked.promise.then(() => sleep(100))
      await honest(open, silo)
    }
    world = await createWorld({
      silos: { alpha: holding, beta: undefined, gamma: flooding },
      rounds: { count: 2, minSilos: 2, maxSilos: 3, deadlineSeconds: 2 },
    })
    const { coordinator } = await world.startCoordinator()
    await coordinator.done
    const told = world.silos.get('gamma')?.receipts ?? []
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThanOrEqual(4)
  })
})

describe('T14: a wall clock that is set anew', () => {
  it.each([20_000, -20_000])('by %i ms ends no round and makes no update late', async (jumpMs) => {
    let offset = 0
    const opened = Promise.withResolvers<void>()
    const jumped: Behaviour = async (open, silo) => {
      await opened.promise
      await honest(open, silo)
    }
    world = await createWorld({
      silos: { alpha: jumped, beta: jumped },
      rounds: { count: 1, minSilos: 2, maxSilos: 2, deadlineSeconds: 10 },
      now: () => Date.now() + offset,
    })
    const { coordinator } = await world.startCoordinator()
    await expect.poll(() => world?.silos.get('alpha')?.opens.length).toBe(1)
    offset = jumpMs
    opened.resolve()
    await coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    expect(record?.updates.map(({ silo }) => silo)).toEqual(['alpha', 'beta'])
    expect(record?.refusals).toEqual([])
  })
})
