import { afterEach, expect, it } from 'vitest'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { createWorld, type World } from '../../support/coordination.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

it('a federation without a chain plays its rounds, values everybody and anchors nothing', async () => {
  world = await createWorld({
    silos: { alpha: undefined, beta: undefined },
    rounds: { count: 2, minSilos: 2, maxSilos: 2 },
    hasChain: false,
  })
  const { coordinator } = await world.startCoordinator()
  await coordinator.done
  expect(world.chain.sent).toEqual([])
  expect(world.events.at(-1)).toEqual({ type: 'finished', rounds: 2 })
  const [first, second] = world.readJournal((journal) => {
    expect(journal.tasks().filter(({ work }) => work.step !== 'fund')).toEqual([])
    return journal.records()
  })
  expect(first?.state).toBe('assessed')
  expect(second?.contributions.map(({ silo }) => silo)).toEqual(['alpha', 'beta'])
  if (first === undefined || second === undefined) throw new TypeError('no rounds')
  const { blobs } = world
  const bundles = await Promise.all(
    [first, second].map(async ({ evidence }) => parseEvidence(await blobs.get(evidence.cid))),
  )
  // Each round has a seed of its own, though no block makes it.
  expect(bundles[0]?.seed).not.toEqual(bundles[1]?.seed)
})
