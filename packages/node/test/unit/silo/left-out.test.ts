import type { Receipt, SiloName } from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import { readConfirmations, readSiloRounds } from '../../../src/silo/read-silo-journal.ts'
import {
  NAME,
  type ScriptedAggregator,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

/** A silo that announced an update, was told `answer`, and then hears a result that counts another silo only. */
async function playWithout(answer: Pick<Receipt, 'accepted' | 'code'> | undefined) {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const started = await startSilo(directory, cleanup, {
    readEndpoint: () => aggregator.host.addresses(),
  })
  await started.event('listening')
  await aggregator.say(aggregator.open(1))
  const { update } = await aggregator.update()
  if (answer !== undefined) {
    const receipt = { silo: NAME, update: update.cid, ...answer }
    await aggregator.say({ type: 'receipt', ...scopeOf(1), ...receipt })
    await started.event('receipt')
  }
  await sayResult(aggregator)
  const leftOut = await started.event('left-out')
  return { leftOut, directory, update }
}

function sayResult(aggregator: ScriptedAggregator): Promise<void> {
  const other = { silo: 'b' as SiloName, shapleyPico: 1, standardErrorPico: 0, share: 1e9 }
  return aggregator.say({
    ...{ type: 'round-result', ...scopeOf(1), last: false },
    ...{ model: aggregator.model, evidence: aggregator.model, contributions: [other] },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
  })
}

test('T5: a silo whose confirmed update is missing from the result says so and keeps the receipt', async () => {
  const { leftOut, directory, update } = await playWithout({ accepted: true })
  expect(leftOut).toEqual({ type: 'left-out', round: 1, why: 'dropped' })
  expect(readSiloRounds(directory)?.[0]?.result).toMatchObject({
    measured: false,
    leftOut: 'dropped',
  })
  expect(readConfirmations(directory)).toMatchObject([{ round: 1, update: update.cid }])
})

test('a silo that came too late is told so', async () => {
  const { leftOut, directory } = await playWithout({ accepted: false, code: 'LATE' })
  expect(leftOut.why).toBe('late')
  expect(readConfirmations(directory)).toEqual([])
})

test('T5: a silo whose update the aggregator ignored says so', async () => {
  expect((await playWithout(undefined)).leftOut.why).toBe('unanswered')
})
