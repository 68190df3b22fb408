import { defaultStrategy, ESTIMATOR_NAMES, STRATEGY_NAMES } from '@fednode/protocol'
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

const SILOS: readonly string[] = ['alpha', 'beta', 'gamma']

/** Plays two rounds with honest silos; returns their records and evidence, which has to hold. */
async function play(changes: Partial<Parameters<typeof createWorld>[0]>) {
  world = await createWorld({
    silos: Object.fromEntries(SILOS.map((name) => [name, undefined])),
    rounds: { count: 2 },
    ...changes,
  })
  await (await world.startCoordinator()).coordinator.done
  const records = world.readJournal((journal) => journal.records())
  const bundles = []
  for (const { evidence } of records) {
    const bundle = parseEvidence(await world.blobs.get(evidence.cid))
    const signers = {
      federator: keyOf('federator').peerId,
      memberOf: (silo: string) => ({
        peerId: keyOf(silo).peerId,
        index: SILOS.indexOf(silo),
      }),
    }
    expect(await checkEvidence(bundle, signers)).toEqual([])
    bundles.push(bundle)
  }
  return { records, bundles }
}

describe('rounds by every method', () => {
  it.each(STRATEGY_NAMES)('go on with the state of the round before: %s', async (name) => {
    const { records, bundles } = await play({ strategy: defaultStrategy(name) })
    const [first, second] = bundles
    expect(records.map(({ state }) => state)).toEqual(['final', 'final'])
    expect(first?.stateBefore).toEqual([])
    expect(second?.stateBefore).toEqual(first?.stateAfter)
    expect(second?.previous).toEqual(records[0]?.evidence)
    expect(second?.base).toEqual(first?.model)
    const counted = bundles.map(({ countedPico }) =>
      countedPico.reduce((sum, part) => sum + part, 0),
    )
    for (const sum of counted) expect(sum / 1e12).toBeCloseTo(1, 9)
  })

  it.each(ESTIMATOR_NAMES)('are valued and their evidence holds: %s', async (estimator) => {
    const { records, bundles } = await play({ contribution: { estimator } })
    const paid = records.map(({ contributions }) =>
      contributions.reduce((sum, { share }) => sum + share, 0),
    )
    expect(paid).toEqual(bundles.map(({ voidReason }) => (voidReason === 'NO_GAIN' ? 0 : 1e9)))
    expect(bundles.map((bundle) => bundle.estimator)).toEqual(
      estimator === 'auto' ? ['exact', 'exact'] : [estimator, estimator],
    )
  })
})
