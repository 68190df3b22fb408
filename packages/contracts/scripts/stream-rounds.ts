import { registerClient } from '../src/model/federation.ts'
import { listClient } from '../src/model/federation-market.ts'
import { settleRound } from '../src/model/federation-rewards.ts'
import type { SeededRandom } from './seeded-random.ts'
import { createStep, nameOf, ROUNDS, type Step, type Story } from './stream-story.ts'

/** Federation.sol's CHALLENGE, in seconds. */
const CHALLENGE = 900n
/** Streams run by then. */
const LATE_ROUND = 2
const WAD = 10n ** 18n
const MAX_POT = 10_000n * WAD
const MAX_SHARE = 1_000_000n

/** Steps of rounds, and of the client that comes late. */
export const ROUND_STEPS: readonly ((random: SeededRandom, story: Story) => Step | null)[] = [
  round,
  round,
  round,
  comeLate,
  comeLate,
]

/** Registers the late client, or lists it when it takes part and its round is old enough; both while the round is open. */
function comeLate(_random: SeededRandom, story: Story): Step | null {
  const { model, late, page, round: current, active, startedAt } = story
  if (late === null || page !== null || current < LATE_ROUND || current > ROUNDS) return null
  if (model.clients.length === 2) {
    const registered = registerClient(model, { controller: nameOf(2n), issuance: late })
    return createStep('register', {
      args: [late],
      result: 0n,
      story: { ...story, model: registered },
    })
  }
  const listableAt = startedAt + CHALLENGE
  const time = story.time > listableAt ? story.time : listableAt
  const listed = listClient(model, { active, time })
  return createStep('list', { args: [], result: 0n, story: { ...story, model: listed, time } })
}

function round(random: SeededRandom, story: Story): Step | null {
  if (story.page !== null) return finalize(random, story)
  if (story.round > ROUNDS) return null
  // One in four is so small that rates are mostly remainder.
  const money = random.spread(random.below(4n) === 0n ? 1n : WAD, MAX_POT)
  const drawn = [
    random.below(MAX_SHARE),
    random.below(3n) === 0n ? 0n : random.below(MAX_SHARE),
    1n + random.below(7n),
  ] as const
  const pot = money + story.carried
  const shares = drawn.slice(0, story.active)
  const page = { pot, shares, from: 0, dueAt: story.time + CHALLENGE, rewarded: 0n, carried: 0n }
  return createStep('assert', {
    args: [money, ...drawn],
    result: pot,
    story: { ...story, page, carried: 0n },
  })
}

function finalize(random: SeededRandom, story: Story): Step | null {
  const { page } = story
  if (page === null || story.time < page.dueAt) return null
  const size = 1n + random.below(4n)
  const to = Math.min(page.from + Number(size), page.shares.length)
  const settled = settleRound(story.model, { ...page, to, time: story.time })
  const rewarded = page.rewarded + settled.rewarded
  const carried = page.carried + settled.carried
  const last = to === page.shares.length
  const next = last
    ? {
        page: null,
        round: story.round + 1,
        startedAt: story.time,
        active: story.model.clients.length,
        carried: page.pot - rewarded + carried,
      }
    : { page: { ...page, from: to, rewarded, carried } }
  return createStep('finalize', {
    args: [size],
    result: last ? 0n : BigInt(to),
    story: { ...story, model: settled.model, ...next },
  })
}
