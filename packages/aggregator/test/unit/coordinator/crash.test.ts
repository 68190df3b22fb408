import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../support/coordination.ts'
import { type CrashPoint, crashingJournal } from '../../support/crashing-journal.ts'

const ROUNDS = 2
/** More writes than a run without a crash has; the sweep ends by itself at the first one that is not reached. */
const MOST_WRITES = 60

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

/** Runs until the crash, then again without one. Returns whether the crash point was reached. */
async function runThrough(point: CrashPoint): Promise<boolean> {
  world = await createWorld({
    silos: { alpha: undefined, beta: undefined },
    rounds: { count: ROUNDS },
  })
  const crashed = Promise.withResolvers<boolean>()
  const first = await world
    .startCoordinator((journal) => crashingJournal(journal, point, () => crashed.resolve(true)))
    .catch(() => undefined)
  const ended = first?.coordinator.done.then(
    () => false,
    () => true,
  )
  const isCrash = await Promise.race([crashed.promise, ...(ended === undefined ? [] : [ended])])
  await first?.kill()
  // What was said before the crash arrives one turn later.
  await nextTurn()
  expectNothingSaidUnwritten(world, `killed ${point.when} write ${point.write}`)
  if (isCrash) await (await world.startCoordinator()).coordinator.done
  return isCrash
}

/** Whoever was told that its update counts must find it counted, whatever happened since. */
function expectNothingSaidUnwritten({ silos, readJournal }: World, place: string): void {
  const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1)
  const written = readJournal((journal) =>
    rounds.flatMap((round) => journal.updates(round).map(({ silo }) => `${silo} ${round}`)),
  )
  for (const [name, { receipts }] of silos) {
    for (const { accepted, round } of receipts) {
      if (accepted) expect(written, place).toContain(`${name} ${round}`)
    }
  }
}

/** T4: no restart opens a round with another secret or block than it was opened with before. */
function expectOneOpening({ silos }: World, place: string): void {
  for (let round = 1; round <= ROUNDS; round++) {
    const opens = [...silos.values()].flatMap((silo) => silo.opens)
    const said = opens
      .filter((open) => open.round === round)
      .map(({ commitment, block }) => Buffer.concat([commitment, block.hash]).toString('hex'))
    expect(new Set(said).size, place).toBe(1)
  }
}

function expectExactlyOnce(place: string): void {
  if (world === undefined) throw new Error('no world')
  const { chain } = world
  expectOneOpening(world, place)
  for (let round = 1; round <= ROUNDS; round++) {
    for (const step of ['fund', 'assert', 'finalize']) {
      const times = chain.sent.filter((sent) => sent === `${step} ${round}`)
      expect(times, `${place}: ${step} ${round} of ${chain.sent.join(', ')}`).toHaveLength(1)
    }
  }
  expect(chain.settlements.map(({ round, voided }) => [round, voided])).toEqual([
    [1, false],
    [2, false],
  ])
  world.readJournal((journal) => {
    expect(journal.lastClosedRound(), place).toBe(ROUNDS)
    for (const record of journal.records()) {
      expect(
        record.updates.map(({ silo }) => silo),
        place,
      ).toEqual(['alpha', 'beta'])
      expect(record.state, place).toBe('final')
      const anchored = chain.asserted.get(record.round)
      expect(anchored?.modelDigest, place).toBe(record.modelDigest)
      expect(anchored?.shares, place).toEqual(record.contributions.map(({ share }) => share))
    }
  })
}

describe('T44: a coordinator that is killed at any write', () => {
  for (const when of ['before', 'after'] as const) {
    it(`continues the same round: nothing counted twice, nothing paid twice (${when} the write)`, async () => {
      let isReached = true
      let writes = 0
      while (isReached) {
        writes++
        expect(writes).toBeLessThan(MOST_WRITES)
        isReached = await runThrough({ write: writes, when })
        expectExactlyOnce(`killed ${when} write ${writes}`)
        await world?.close()
        world = undefined
      }
      // bind, term, and per round: open, two arrivals, two updates, closing, the values of both, end, and two writes for each of three steps.
      expect(writes - 1).toBe(2 + ROUNDS * (1 + 2 + 2 + 1 + 2 + 1 + 6))
    }, 60_000)
  }
})
