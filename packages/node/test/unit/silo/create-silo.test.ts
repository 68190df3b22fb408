import {
  type BlobRef,
  cidOfBlob,
  encodeWeights,
  type SiloName,
  type Weights,
} from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import { readSiloRounds } from '../../../src/silo/read-silo-journal.ts'
import {
  aggregatorKey,
  NAME,
  type ScriptedAggregator,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

const OTHER = 'b' as SiloName
const cleanup: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

async function startBoth() {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const options = { readEndpoint: () => aggregator.host.addresses() }
  return { directory, aggregator, options, started: await startSilo(directory, cleanup, options) }
}

async function finishRound(
  aggregator: ScriptedAggregator,
  round: number,
  { last, model = aggregator.model }: { last: boolean; model?: BlobRef },
) {
  await aggregator.say({
    type: 'round-result',
    ...scopeOf(round),
    model,
    evidence: aggregator.model,
    metrics: { accuracy: '0.9' },
    lossPico: 250_000_000_000,
    utilityBeforePico: 0,
    utilityAfterPico: 0,
    contributions: [
      {
        ...{ silo: NAME, shapleyPico: -31_000_000_000, standardErrorPico: 2_000_000_000 },
        ...{ withoutPico: 910_000_000_000, share: 250_000_000 },
      },
      { silo: OTHER, shapleyPico: 31_000_000_000, standardErrorPico: 0, share: 750_000_000 },
    ],
    last,
  })
}

test('a silo trains, delivers, and leaves after the last round with the model', async () => {
  const { aggregator, started } = await startBoth()
  await started.event('listening')
  await aggregator.say(aggregator.open(1))
  const announced = await aggregator.update()
  const { peerId } = aggregator.host
  expect(announced).toMatchObject({ silo: NAME, round: 1, samples: 32, base: aggregator.model.cid })
  expect(peerId).toBe(aggregatorKey.peerId)
  const sender = aggregator.received[0]?.sender
  if (sender === undefined) throw new TypeError('nobody sent anything')
  const bytes = await aggregator.fetch(announced.update, sender)
  expect(bytes.length).toBe(announced.update.size)
  await aggregator.say({
    type: 'receipt',
    ...scopeOf(1),
    silo: NAME,
    update: announced.update.cid,
    accepted: true,
  })
  expect(await started.event('receipt')).toEqual({ type: 'receipt', round: 1, accepted: true })
  await finishRound(aggregator, 1, { last: true })
  await started.silo.done
  expect(await started.event('round-result')).toEqual({
    type: 'round-result',
    round: 1,
    metrics: { accuracy: 0.9 },
    loss: 0.25,
    shapley: -0.031,
    share: 0.25,
    last: true,
  })
  expect(started.events.at(-1)).toEqual({ type: 'finished', model: 'model.safetensors' })
})

test('what a silo is told of a round is kept for its people: error, others, and the pot of the plan', async () => {
  const { directory, aggregator, started } = await startBoth()
  await finishRound(aggregator, 1, { last: true })
  await started.silo.done
  const [round] = readSiloRounds(directory) ?? []
  expect(round?.result).toMatchObject({
    ...{ shapley: -0.031, standardError: 0.002, share: 0.25, measured: true, paid: true },
    ...{ utilityBefore: 0, utilityAfter: 0, utilityWithout: 0.91, pot: 10n ** 18n },
  })
})

test('T44: after a restart the same update is announced again and nothing is trained twice', async () => {
  const { directory, aggregator, options, started } = await startBoth()
  const open = aggregator.open(1)
  await aggregator.say(open)
  const before = await aggregator.update()
  await started.silo.stop()
  await started.silo.done
  aggregator.received.length = 0
  const again = await startSilo(directory, cleanup, options)
  // Before round 1 is announced anew, the silo learns of it by asking.
  const after = await aggregator.update()
  expect({ ...after, sentAt: 0 }).toEqual({ ...before, sentAt: 0 })
  expect(started.trainings()).toBe(1)
  expect(again.trainings()).toBe(0)
})

test('T4: two different announcements of one round stop the silo, which keeps both', async () => {
  const { aggregator, started } = await startBoth()
  const open = aggregator.open(1)
  await aggregator.say(open)
  await started.event('round-open')
  await aggregator.say({ ...open, deadline: open.deadline + 1, sentAt: open.sentAt + 1 })
  await expect(started.silo.done).rejects.toMatchObject({
    code: 'EQUIVOCATION',
    info: { fault: 'refused' },
  })
})

test('a round of a manifest that nobody approved is not trained', async () => {
  const { aggregator, started } = await startBoth()
  const other = aggregator.model.cid
  await aggregator.say(aggregator.open(1, { manifest: other }))
  await expect(started.silo.done).rejects.toMatchObject({ code: 'WRONG_MANIFEST' })
  expect(started.trainings()).toBe(0)
})

test('a silo waits for an aggregator that comes later, and learns of the open round from it', async () => {
  const directory = temporaryDirectory(cleanup)
  const endpoint: string[] = []
  const started = await startSilo(directory, cleanup, { readEndpoint: () => endpoint })
  await started.event('waiting')
  const aggregator = await startAggregator(directory, cleanup)
  await aggregator.say(aggregator.open(1)).catch(() => {})
  endpoint.push(...aggregator.host.addresses())
  await aggregator.update()
  expect(started.events.filter(({ type }) => type === 'waiting')).toContainEqual({
    type: 'waiting',
    for: 'aggregator',
  })
})

test('a result that comes before the training is over ends the training', async () => {
  const { aggregator, started } = await startBoth()
  await aggregator.say(aggregator.open(1))
  await started.event('round-open')
  await finishRound(aggregator, 1, { last: false })
  await started.event('round-result')
  await aggregator.say(aggregator.open(2))
  expect((await aggregator.update((message) => message.round === 2)).round).toBe(2)
})

test('a refused update is told with its code and not announced any more', async () => {
  const { aggregator, started } = await startBoth()
  await aggregator.say(aggregator.open(1))
  const { update } = await aggregator.update()
  await aggregator.say({
    type: 'receipt',
    ...scopeOf(1),
    silo: NAME,
    update: update.cid,
    accepted: false,
    code: 'NORM_TOO_LARGE',
  })
  expect(await started.event('receipt')).toMatchObject({ accepted: false, code: 'NORM_TOO_LARGE' })
})

test('stopping twice is harmless', async () => {
  const { started } = await startBoth()
  await started.silo.stop()
  await started.silo.stop()
  await started.silo.done
})

test('T8: a global model larger than the manifest allows is not asked for', async () => {
  const { aggregator, started } = await startBoth()
  const model = { ...aggregator.model, size: 4_294_967_296 }
  await aggregator.say(aggregator.open(1, { model }))
  await expect(started.silo.done).rejects.toMatchObject({
    info: { code: 'BAD_GLOBAL_MODEL', reason: expect.stringContaining('4294967296 bytes') },
  })
  expect(aggregator.host.traffic().sentBytes).toBe(0)
})

test('T8: nor is the last one, and the silo leaves without it', async () => {
  const { aggregator, started } = await startBoth()
  await started.event('listening')
  await aggregator.say(aggregator.open(1))
  await aggregator.update()
  const sentBytes = aggregator.host.traffic().sentBytes
  const model = { cid: cidOfBlob(Uint8Array.of(1)), size: 4_294_967_296 }
  await finishRound(aggregator, 1, { last: true, model })
  await started.silo.done
  expect(started.warnings).toContain('BAD_GLOBAL_MODEL')
  expect(started.events.at(-1)).toEqual({ type: 'finished' })
  expect(aggregator.host.traffic().sentBytes).toBe(sentBytes)
})

test.each([
  [
    'T21: with an infinite weight',
    ({ specs, values }: Weights) => {
      return encodeWeights({ specs, values: values.with(0, Number.POSITIVE_INFINITY) })
    },
    'a weight is not finite',
  ],
  ['T19: that is no safetensors file', () => new Uint8Array(64).fill(7), 'safetensors'],
])('a global model %s is not trained from', async (_name, spoil, reason) => {
  const { aggregator, started } = await startBoth()
  const model = await aggregator.blobs.put(spoil(aggregator.weights))
  await aggregator.say(aggregator.open(1, { model }))
  await expect(started.silo.done).rejects.toMatchObject({
    info: { code: 'BAD_GLOBAL_MODEL', reason: expect.stringContaining(reason) },
  })
  expect(started.trainings()).toBe(0)
})
