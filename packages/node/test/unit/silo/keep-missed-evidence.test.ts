import type { BlobRef } from '@fednode/protocol'
import { afterEach, expect, it } from 'vitest'
import {
  type ScriptedAggregator,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
  until,
} from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

function sayResult(aggregator: ScriptedAggregator, evidence: BlobRef) {
  return aggregator.say({
    ...{ type: 'round-result', ...scopeOf(1), last: false },
    ...{ model: aggregator.model, evidence, contributions: [] },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
  })
}

it('T60: evidence that was on its way when the silo was killed is fetched at the next start', async () => {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const options = { readEndpoint: () => aggregator.host.addresses() }
  const evidence = await aggregator.blobs.put(Uint8Array.of(1, 2, 3))
  await aggregator.blobs.remove(evidence.cid)
  const killed = await startSilo(directory, cleanup, options)
  await killed.event('listening')
  await sayResult(aggregator, evidence)
  await killed.event('round-result')
  await killed.silo.stop()
  await killed.silo.done
  expect(await killed.blobs.has(evidence.cid)).toBe(false)

  await aggregator.blobs.put(Uint8Array.of(1, 2, 3))
  const again = await startSilo(directory, cleanup, options)
  let isKept = false
  await until(() => {
    void again.blobs.has(evidence.cid).then((has) => {
      isKept = has
    })
    return isKept ? true : undefined
  })
  expect(again.journal.lastResult()?.evidence).toEqual(evidence)
  expect(again.journal.blobs().models).toContain(evidence.cid)
})
