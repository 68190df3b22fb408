import {
  encodeWeights,
  type Manifest,
  type RoundOpen,
  type RoundResult,
  signMessage,
} from '@fednode/protocol'
import { afterEach, expect, it } from 'vitest'
import {
  aggregatorKey,
  manifest,
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

const { reward, market, registration, dispute, guardian, ...core } = manifest
const BY_LIST: Manifest = {
  ...core,
  rounds: { ...core.rounds, count: 4 },
  chain: 'none',
  members: { aggregator: '', silos: [] },
}

async function startedBy(plan: Manifest) {
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const started = await startSilo(directory, cleanup, {
    ...{ manifest: plan, readEndpoint: () => aggregator.host.addresses() },
  })
  await started.event('listening')
  const newer = await aggregator.blobs.put(
    encodeWeights({
      ...aggregator.weights,
      values: aggregator.weights.values.map((value) => value + 1),
    }),
  )
  return { aggregator, started, newer }
}

function sayResult(aggregator: ScriptedAggregator, model: RoundOpen['model']) {
  return aggregator.say(resultOf(aggregator, model, 1))
}

function resultOf(
  aggregator: ScriptedAggregator,
  model: RoundOpen['model'],
  round: number,
): RoundResult {
  return {
    ...{ type: 'round-result', ...scopeOf(round), last: false },
    ...{ model, evidence: aggregator.model, contributions: [] },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
  }
}

it('T46: without a chain, a silo does not train from an older model than it has a result of, says so once, and goes on with the right one', async () => {
  const { aggregator, started, newer } = await startedBy(BY_LIST)
  await sayResult(aggregator, newer)
  await started.event('round-result')
  await aggregator.say(aggregator.open(2))
  expect(await started.event('gone-back')).toEqual({ type: 'gone-back', round: 2 })
  // Back with its own directory, in a term of its own.
  await aggregator.say(aggregator.open(2, { ...scopeOf(2, 2), model: newer }))
  const { base } = await aggregator.update()
  expect(base).toBe(newer.cid)
  expect(started.events.filter(({ type }) => type === 'gone-back')).toHaveLength(1)
  expect(started.trainings()).toBe(1)
})

it('trains from the same model again after a void round', async () => {
  const { aggregator, started } = await startedBy(BY_LIST)
  await sayResult(aggregator, aggregator.model)
  await started.event('round-result')
  await aggregator.say(aggregator.open(2))
  expect((await aggregator.update()).round).toBe(2)
})

it('trains in a round when it missed the result before: nothing says that the model is not the right one', async () => {
  const { aggregator, started, newer } = await startedBy(BY_LIST)
  await sayResult(aggregator, aggregator.model)
  await started.event('round-result')
  await aggregator.say(aggregator.open(3, { model: newer }))
  expect((await aggregator.update()).base).toBe(newer.cid)
})

it('asks for a result that it missed before it trains in the round after', async () => {
  const { aggregator, started, newer } = await startedBy(BY_LIST)
  const missed = signMessage(resultOf(aggregator, newer, 2), aggregatorKey)
  aggregator.latest.push(missed)
  await aggregator.say(aggregator.open(3, { model: newer }))
  expect((await started.event('round-result')).round).toBe(2)
  expect((await aggregator.update()).base).toBe(newer.cid)
})

it('leaves it to the chain where there is one', async () => {
  const { aggregator, started, newer } = await startedBy(manifest)
  await sayResult(aggregator, newer)
  await started.event('round-result')
  await aggregator.say(aggregator.open(2))
  expect((await aggregator.update()).round).toBe(2)
})
