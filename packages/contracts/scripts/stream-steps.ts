import { claimLpRewards, claimRewards, transferTokens } from '../src/model/federation-rewards.ts'
import { ModelError } from '../src/model/model-error.ts'
import { bookAt, holdingOf } from '../src/model/stream-readings.ts'
import type { SeededRandom } from './seeded-random.ts'
import { ROUND_STEPS } from './stream-rounds.ts'
import { actorOf, createStep, nameOf, type Step, type Story } from './stream-story.ts'
import { TRADES } from './stream-trades.ts'

/** Between two steps, in seconds; one in eight pauses is long enough for a stream to end. */
const MAX_PAUSE = 500n
const MAX_LONG_PAUSE = 4_000n

/** A step that is possible in `story`, or null when the dice fell on one that is not. */
export function randomStep(random: SeededRandom, before: Story): Step | null {
  const longest = random.below(8n) === 0n ? MAX_LONG_PAUSE : MAX_PAUSE
  const time = before.time + (random.below(3n) === 0n ? 0n : random.below(longest))
  const story = { ...before, time }
  const kinds = [wait, transfer, transfer, claim, claimLp, ...TRADES, ...ROUND_STEPS]
  const step = kinds[Number(random.below(BigInt(kinds.length)))]
  try {
    return step?.(random, story) ?? null
  } catch (error) {
    // A trade below the least, a join without every token: the contracts refuse it, so it is no step.
    if (error instanceof ModelError) return null
    throw error
  }
}

function wait(_random: SeededRandom, story: Story): Step {
  return createStep('wait', { args: [], result: 0n, story })
}

function transfer(random: SeededRandom, story: Story): Step | null {
  const [index, from, to] = [random.below(3n), random.below(6n), random.below(6n)]
  const { balance } = holdingOf(bookAt(story.model.ledger, Number(index)), nameOf(from))
  if (balance === 0n) return null
  const amount = random.spread(balance / 1_000n + 1n, balance)
  const move = {
    index: Number(index),
    from: nameOf(from),
    to: nameOf(to),
    amount,
    time: story.time,
  }
  const model = transferTokens(story.model, move)
  return createStep('transfer', {
    args: [index, from, to, amount],
    result: 0n,
    story: { ...story, model },
  })
}

function claim(random: SeededRandom, story: Story): Step {
  const [index, who] = [random.below(3n), random.below(6n)]
  const { model, paid } = claimRewards(story.model, actorOf(story, who), [Number(index)])
  return createStep('claim', { args: [index, who], result: paid, story: { ...story, model } })
}

function claimLp(random: SeededRandom, story: Story): Step {
  const who = random.below(6n)
  const { model, paid } = claimLpRewards(story.model, actorOf(story, who))
  return createStep('claimLp', { args: [who], result: paid, story: { ...story, model } })
}
