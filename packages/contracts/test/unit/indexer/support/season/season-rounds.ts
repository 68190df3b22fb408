import {
  advanceTime,
  assertRound,
  closeScenario,
  delistClient,
  dispute,
  finalizeRound,
  fundRound,
  giveEvidence,
  listClient,
  pause,
  readBlockTime,
  setAllowed,
  settleDispute,
  sharesHash,
  signVerdict,
  voidRound,
  withdrawBond,
} from '../../../../../src/index.ts'
import { registerAs } from '../../../../support/federation.ts'
import { CHALLENGE_WINDOW, POT, ROUND_TIMEOUT, type Season } from './season-cast.ts'

const EVIDENCE = `0x${'ee'.repeat(32)}` as const
const COUNTER_EVIDENCE = `0x${'cc'.repeat(32)}` as const
const MODEL = `0x${'dd'.repeat(32)}` as const

/** Lets the chain's clock run. */
export async function wait({ reader }: Season, seconds: bigint): Promise<void> {
  await advanceTime(reader, (await readBlockTime(reader)) + seconds)
}

/** Escrows a round's pot. */
export async function fund({ federator, scenario }: Season, round: number): Promise<void> {
  await fundRound(federator, { scenario, round, amount: POT })
}

/** The federator anchors a vector, of which about one in six gets nothing. */
export async function anchor(season: Season, round: number): Promise<number[]> {
  const { federator, scenario, random, indexer } = season
  await indexer.sync()
  const shares = Array.from({ length: indexer.view().activeClients }, () =>
    random.chance(0.17) ? 0 : 1 + random.below(1_000_000_000),
  )
  const assertion = { scenario, round, shares, evidenceRoot: EVIDENCE, modelDigest: MODEL }
  await assertRound(federator, assertion)
  return shares
}

/** Somebody finalizes when the window is over. */
export async function finish(
  season: Season,
  round: number,
  { shares, pageSize = 100 }: { readonly shares: readonly number[]; readonly pageSize?: number },
): Promise<void> {
  const { scenario, random, traders } = season
  await finalizeRound(random.pick(traders), { scenario, round, shares, pageSize })
}

/** A round from its pot to its streams. */
export async function settle(season: Season, round: number, pageSize = 100): Promise<void> {
  await fund(season, round)
  const shares = await anchor(season, round)
  await wait(season, CHALLENGE_WINDOW)
  await finish(season, round, { shares, pageSize })
}

/** The sceptic disputes, and both sides give evidence until their time is over. */
async function argue(season: Season, round: number): Promise<void> {
  const { scenario, sceptic, federator } = season
  await dispute(sceptic, { scenario, round, evidence: COUNTER_EVIDENCE })
  await giveEvidence(federator, { scenario, round, evidence: EVIDENCE })
  await giveEvidence(sceptic, { scenario, round, evidence: COUNTER_EVIDENCE })
  await wait(season, CHALLENGE_WINDOW)
}

type Judgement = { readonly shares: readonly number[]; readonly upheld: boolean }

/** Two of the three attesters decide a dispute. */
async function decide(season: Season, round: number, { shares, upheld }: Judgement): Promise<void> {
  const { scenario, resolver, sceptic, attesters, reader } = season
  await argue(season, round)
  const hash = sharesHash({ chainId: reader.chainId, scenario, round, shares })
  const decision = { scenario, round, upheld, resolver }
  const verdicts = await Promise.all(
    attesters.slice(1).map((attester) => signVerdict(attester, { ...decision, sharesHash: hash })),
  )
  await settleDispute(sceptic, { ...decision, verdicts })
}

/** The attesters never come: after its time anyone voids the round, and both sides get their bonds back. */
export async function undecided(season: Season, round: number): Promise<void> {
  const { scenario, random, traders } = season
  await fund(season, round)
  await anchor(season, round)
  await argue(season, round)
  await wait(season, ROUND_TIMEOUT + 1n)
  await voidRound(random.pick(traders), { scenario, round })
}

/** The dispute fails: the federator is paid for it, and the round goes on at once. */
export async function disputeLost(season: Season, round: number): Promise<void> {
  await fund(season, round)
  const shares = await anchor(season, round)
  await decide(season, round, { shares, upheld: true })
  await finish(season, round, { shares })
}

/** The assertion is struck down; the federator stakes twice as much on a better one. */
export async function disputeWon(season: Season, round: number): Promise<void> {
  await fund(season, round)
  const shares = await anchor(season, round)
  await decide(season, round, { shares, upheld: false })
  await withdrawBond(season.sceptic, { scenario: season.scenario })
  const better = await anchor(season, round)
  await wait(season, CHALLENGE_WINDOW)
  await finish(season, round, { shares: better })
}

/** The federator gives a round up; its pot goes on to the next. */
export async function voided(season: Season, round: number): Promise<void> {
  await fund(season, round)
  await voidRound(season.federator, { scenario: season.scenario, round })
}

/** A client registers while a round is open; it can be listed in the next. */
export async function registerLate(season: Season, index: number): Promise<void> {
  const { federator, scenario, clients, world } = season
  const account = clients[index]
  if (account === undefined) return
  await setAllowed(federator, { scenario, accounts: [account.address], allowed: true })
  await registerAs(world, { scenario, name: `client-${index}` })
}

/** The federator brings the late client into the market, once a round in which it takes part is a challenge window old. */
export async function listLate(season: Season): Promise<void> {
  await wait(season, CHALLENGE_WINDOW)
  await listClient(season.federator, { scenario: season.scenario })
}

/** The federator takes a client off sale. */
export async function delist({ federator, scenario }: Season, index: number): Promise<void> {
  await delistClient(federator, { scenario, index })
}

/** The guardian stops the market. @returns when the pause ends, Unix seconds. */
export async function stopMarket({ guardian, scenario }: Season): Promise<bigint> {
  const { until } = await pause(guardian, { scenario })
  return until
}

/** Nobody asserts any more: anyone voids the rounds that are left, and brings the federator what is unspent. */
export async function withoutFederator(
  season: Season,
  rounds: { readonly from: number; readonly to: number },
): Promise<bigint> {
  const { scenario, random, traders } = season
  for (let round = rounds.from; round <= rounds.to; round += 1) {
    await wait(season, ROUND_TIMEOUT + 1n)
    await voidRound(random.pick(traders), { scenario, round })
  }
  const { returned } = await closeScenario(random.pick(traders), { scenario })
  return returned
}
