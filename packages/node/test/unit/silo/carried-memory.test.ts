import { cidOfBlob, encodeWeights, type Manifest, type UpdateReady } from '@fednode/protocol'
import { afterEach, expect, test } from 'vitest'
import { encodeMemory } from '../../../src/silo/silo-memory.ts'
import {
  manifest,
  NAME,
  type ScriptedAggregator,
  type StartedSilo,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

/** Two of six weights travel. */
const TOP_K: Manifest = { ...manifest, compression: { kind: 'top-k', ratio: 0.3 } }
const SCAFFOLD: Manifest = { ...manifest, strategy: { name: 'scaffold', weighting: 'equal' } }

const cleanup: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

async function startBoth(terms: Manifest) {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const setup = { readEndpoint: () => aggregator.host.addresses(), manifest: terms }
  const started = await startSilo(directory, cleanup, setup)
  return { aggregator, started, restart: () => startSilo(directory, cleanup, setup) }
}

function updateOf(aggregator: ScriptedAggregator, round: number): Promise<UpdateReady> {
  return aggregator.update((message) => message.round === round)
}

async function answer(
  aggregator: ScriptedAggregator,
  { round, update }: UpdateReady,
  accepted: boolean,
): Promise<void> {
  const receipt = { type: 'receipt', ...scopeOf(round), silo: NAME, update: update.cid } as const
  await aggregator.say(
    accepted
      ? { ...receipt, accepted: true }
      : { ...receipt, accepted: false, code: 'NORM_TOO_LARGE' },
  )
}

/** Ends a round with or without this silo; the model stays. */
async function finish(aggregator: ScriptedAggregator, round: number, measured: boolean) {
  const { model } = aggregator
  const own = { silo: NAME, shapleyPico: 0, standardErrorPico: 0, share: 0 }
  await aggregator.say({
    ...{ type: 'round-result', ...scopeOf(round), model, evidence: model, last: false },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
    contributions: measured ? [own] : [],
  })
}

async function playRound(
  aggregator: ScriptedAggregator,
  round: number,
  { accepted, measured = accepted }: { accepted: boolean; measured?: boolean },
): Promise<UpdateReady> {
  await aggregator.say(aggregator.open(round))
  const ready = await updateOf(aggregator, round)
  await answer(aggregator, ready, accepted)
  await finish(aggregator, round, measured)
  return ready
}

async function trainedIn(aggregator: ScriptedAggregator, round: number): Promise<UpdateReady> {
  await aggregator.say(aggregator.open(round))
  return updateOf(aggregator, round)
}

/** What a silo sends in round 2 when it carries nothing, and when it carries what it left out in round 1. */
async function referenceUpdates() {
  const first = await startBoth(TOP_K)
  const without = await trainedIn(first.aggregator, 2)
  const second = await startBoth(TOP_K)
  await playRound(second.aggregator, 1, { accepted: true })
  const carrying = await trainedIn(second.aggregator, 2)
  expect(carrying.update.cid).not.toBe(without.update.cid)
  return { without: without.update.cid, carrying: carrying.update.cid }
}

test('T44: a silo that was restarted in the middle of a round carries the same over as one that was not', async () => {
  const { carrying } = await referenceUpdates()
  const { aggregator, started, restart } = await startBoth(TOP_K)
  const before = await trainedIn(aggregator, 1)
  await started.silo.stop()
  await started.silo.done
  aggregator.received.length = 0
  const again = await restart()
  const after = await updateOf(aggregator, 1)
  expect(after.update).toEqual(before.update)
  await answer(aggregator, after, true)
  await finish(aggregator, 1, true)
  expect((await trainedIn(aggregator, 2)).update.cid).toBe(carrying)
  expect(again.trainings()).toBe(1)
})

test.each([
  ['was refused', { accepted: false }],
  ['was accepted in a round that became void', { accepted: true, measured: false }],
])('what belongs to an update that %s is not carried over', async (_, fate) => {
  const { without } = await referenceUpdates()
  const { aggregator, started } = await startBoth(TOP_K)
  await playRound(aggregator, 1, fate)
  expect((await trainedIn(aggregator, 2)).update.cid).toBe(without)
  expect(started.journal.memories().map(({ round }) => round)).toEqual([2])
})

test('a memory is kept as long as a round may begin with it', async () => {
  const { aggregator, started } = await startBoth(TOP_K)
  const memories: (readonly [number, boolean])[][] = []
  const files = new Map<number, Parameters<StartedSilo['blobs']['has']>[0]>()
  for (const round of [1, 2, 3]) {
    await playRound(aggregator, round, { accepted: true })
    for (const one of started.journal.memories()) files.set(one.round, one.memory.cid)
    const present = [...files].map(async ([of, cid]) => [of, await started.blobs.has(cid)] as const)
    memories.push(await Promise.all(present))
  }
  expect(memories).toEqual([
    [[1, true]],
    [
      [1, true],
      [2, true],
    ],
    [
      [1, false],
      [2, true],
      [3, true],
    ],
  ])
})

test('scaffold: trains with the control variate of the round, which does not stay', async () => {
  const plain = await startBoth(SCAFFOLD)
  const without = await trainedIn(plain.aggregator, 1)
  const { aggregator, started } = await startBoth(SCAFFOLD)
  const { specs, values } = aggregator.weights
  const control = await aggregator.blobs.put(
    encodeWeights({ specs, values: values.map(() => 0.5) }),
  )
  await aggregator.say(aggregator.open(1, { control }))
  const corrected = await updateOf(aggregator, 1)
  expect(corrected.update.cid).not.toBe(without.update.cid)
  expect(await started.blobs.has(control.cid)).toBe(false)
})

test.each([
  [
    'T8: too large for the model',
    { cid: cidOfBlob(Uint8Array.of(1)), size: 4_294_967_296 },
    'bytes',
  ],
  ['T19: a memory for a model', encodeMemory({ control: new Float32Array(6) }), 'tensor'],
])('a control variate that is %s is not trained with', async (_, spoiled, reason) => {
  const { aggregator, started } = await startBoth(SCAFFOLD)
  const control = spoiled instanceof Uint8Array ? await aggregator.blobs.put(spoiled) : spoiled
  await aggregator.say(aggregator.open(1, { control }))
  await expect(started.silo.done).rejects.toMatchObject({
    message: expect.stringContaining('control variate of round 1'),
    info: { code: 'BAD_GLOBAL_MODEL', reason: expect.stringContaining(reason) },
  })
  expect(started.trainings()).toBe(0)
})

test('a control variate in a federation without scaffold is not asked for', async () => {
  const { aggregator } = await startBoth(manifest)
  const control = { cid: cidOfBlob(Uint8Array.of(1)), size: 4_294_967_296 }
  await aggregator.say(aggregator.open(1, { control }))
  expect((await updateOf(aggregator, 1)).samples).toBe(32)
})
