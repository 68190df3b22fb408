import type { SiloName } from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import { readOpenings } from '../../../src/silo/read-silo-journal.ts'
import { scopeOf, startAggregator, startSilo, temporaryDirectory } from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

test('a silo that is not drawn waits without training, and takes part in the next round', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const started = await startSilo(directory, cleanup, {
    readEndpoint: () => aggregator.host.addresses(),
  })
  await started.event('listening')
  await aggregator.say(aggregator.open(1, { sample: { clients: 2, drawn: [1] } }))
  expect(await started.event('not-drawn')).toEqual({ type: 'not-drawn', round: 1 })
  const other = { silo: 'b' as SiloName, shapleyPico: 1, standardErrorPico: 0, share: 1e9 }
  await aggregator.say({
    ...{ type: 'round-result', ...scopeOf(1), last: false },
    ...{ model: aggregator.model, evidence: aggregator.model, contributions: [other] },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
  })
  await started.event('round-result')
  expect(started.trainings()).toBe(0)
  await aggregator.say(aggregator.open(2, { sample: { clients: 2, drawn: [0] } }))
  expect((await aggregator.update()).round).toBe(2)
  expect(started.trainings()).toBe(1)
  // Nobody left it out: it did not take part.
  expect(started.events.filter(({ type }) => type === 'left-out')).toEqual([])
  // It can check the draw of both rounds when their secrets are shown.
  expect(readOpenings(directory).map(({ round }) => round)).toEqual([1, 2])
})
