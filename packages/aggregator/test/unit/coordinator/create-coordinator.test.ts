import { afterEach, describe, expect, it } from 'vitest'
import { checkEvidence } from '../../../src/evidence/check-evidence.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { keyOf } from '../../support/tiny-federation.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

describe('createCoordinator', () => {
  it('plays all rounds, values everybody, anchors in order and finishes', async () => {
    world = await createWorld({ silos: { alpha: undefined, beta: undefined, gamma: undefined } })
    const { coordinator } = await world.startCoordinator()
    await coordinator.done
    const records = world.readJournal((journal) => journal.records())
    expect(records.map(({ round, state }) => [round, state])).toEqual([
      [1, 'final'],
      [2, 'final'],
    ])
    for (const { contributions, utilityAfter, utilityBefore } of records) {
      const sum = contributions.reduce((total, { shapley }) => total + shapley, 0)
      expect(Math.abs(sum - (utilityAfter - utilityBefore))).toBeLessThan(1e-9)
      expect(contributions.map(({ silo }) => silo)).toEqual(['alpha', 'beta', 'gamma'])
    }
    expect(world.chain.sent).toEqual([
      'endpoint',
      ...[1, 2].flatMap((round) => [`fund ${round}`, `assert ${round}`, `finalize ${round}`]),
    ])
    expect(records.map(({ gas }) => gas)).toEqual([3_000, 3_000])
    expect(world.events.at(-1)).toEqual({ type: 'finished', rounds: 2 })
    for (const silo of world.silos.values()) {
      expect(silo.results.map(({ round, last }) => [round, last])).toEqual([
        [1, false],
        [2, true],
      ])
    }
  })

  it('keeps evidence that holds against the registry', async () => {
    world = await createWorld({ silos: { alpha: undefined, beta: undefined } })
    await (await world.startCoordinator()).coordinator.done
    const [record] = world.readJournal((journal) => journal.records())
    if (record === undefined) throw new Error('no record')
    const evidence = parseEvidence(await world.blobs.get(record.evidence.cid))
    const signers = {
      federator: keyOf('federator').peerId,
      memberOf: (silo: string) => ({
        peerId: keyOf(silo).peerId,
        index: ['alpha', 'beta'].indexOf(silo),
      }),
    }
    expect(await checkEvidence(evidence, signers)).toEqual([])
    expect(evidence.utilitiesPico).toHaveLength(4)
  })
})
