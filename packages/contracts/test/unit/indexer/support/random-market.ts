import type { MarketView } from '../../../../src/index.ts'
import { type Arena, type ArenaCall, approvals } from './arena.ts'
import { chainDifferences } from './chain-differences.ts'
import {
  ofScenario,
  randomAction,
  registration,
  roundActions,
  type Situation,
} from './random-actions.ts'
import { createRandom } from './seeded-random.ts'

/** How a random run went. */
export type RandomRun = {
  /** Transactions that went through, by the name of their function, and how many the contracts refused. */
  readonly done: ReadonlyMap<string, number>
  readonly refused: number
  /** Comparisons in the middle of a settlement of several pages. */
  readonly whileSettling: number
  /** Blocks at which everything was compared, and numbers that were. */
  readonly comparisons: number
  readonly compared: number
  readonly differences: readonly string[]
}

/** How long and how closely watched a random run is. */
export type RandomGame = {
  readonly seed: number
  readonly actions: number
  /** Of the federation. */
  readonly rounds: number
  /** Blocks from one comparison to the next. */
  readonly compareEvery: number
}

/** Clients of the first round; the others come late. */
const FIRST_CLIENTS = 3
/** Most calls of one block. */
const MOST_CALLS = 14
const MINUTE = 60
const DAY = 24 * 60 * MINUTE
const PAUSE = 3 * DAY
const PAUSE_REST = 7 * DAY

/**
 * Plays random actions until so many went through, and compares all that the index knows with the contracts every few blocks.
 * Stops at the first difference.
 */
export async function playRandomly(arena: Arena, args: RandomGame): Promise<RandomRun> {
  await begin(arena)
  return playOn(arena, args)
}

/** Goes on with a market in which clients registered. */
export async function playOn(arena: Arena, args: RandomGame): Promise<RandomRun> {
  const random = createRandom(args.seed)
  const { indexer, anvil, accounts, world } = arena
  const parties = [...accounts, world.federator.address]
  const run = {
    done: new Map<string, number>(),
    refused: 0,
    whileSettling: 0,
    comparisons: 0,
    compared: 0,
  }
  const memory: Situation['memory'] = { shares: [], approved: 0 }
  for (let block = 1; sumOf(run.done) < args.actions; block += 1) {
    await indexer.sync()
    const situation = { arena, random, view: indexer.view(), memory }
    const calls = callsOf(situation)
    const results = await arena.mine(calls, secondsOf(situation))
    for (const [at, { what }] of calls.entries()) {
      if (results[at] === true) run.done.set(what, (run.done.get(what) ?? 0) + 1)
      else run.refused += 1
    }
    if (block % args.compareEvery !== 0 && sumOf(run.done) < args.actions) continue
    await indexer.sync()
    const { differences, compared } = await chainDifferences(anvil.rpcUrl, indexer, {
      accounts: parties,
      rounds: args.rounds,
    })
    run.comparisons += 1
    run.compared += compared
    if (isSettling(indexer.view())) run.whileSettling += 1
    if (differences.length > 0) return { ...run, differences }
  }
  return { ...run, differences: [] }
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

// The clock stands from a settlement's first page to its last.
function isSettling({ phase, streamEndsAt, ledger }: MarketView): boolean {
  return phase === 'asserted' && streamEndsAt === 0n && ledger().streaming > 0n
}

async function begin(arena: Arena): Promise<void> {
  const { accounts, world } = arena
  const federator = world.federator.address
  const issuances = accounts.map((account, at) =>
    ofScenario(arena, federator, { functionName: 'setIssuance', args: [[account], 1 + (at % 3)] }),
  )
  const allowed = { functionName: 'setAllowed', args: [accounts, true] } as const
  await arena.mine([...issuances, ofScenario(arena, federator, allowed)], 1)
  const first = accounts.slice(0, FIRST_CLIENTS)
  await arena.mine(
    first.map((account) => registration(arena, account)),
    1,
  )
  await arena.mine(
    [ofScenario(arena, federator, { functionName: 'closeRegistration', args: [] })],
    1,
  )
}

function callsOf(at: Situation): ArenaCall[] {
  const { random, arena, view } = at
  const count = 1 + random.below(MOST_CALLS)
  const calls = Array.from({ length: count }, () => randomAction(at)).filter(
    (call) => call !== undefined,
  )
  const fresh = view.clients.slice(at.memory.approved).map(({ token }) => token)
  at.memory.approved = view.clients.length
  const approving = arena.accounts.flatMap((account) =>
    approvals(account, { tokens: fresh, to: [arena.pool] }),
  )
  const moves = random.chance(0.35) ? roundActions(at) : []
  return [...approving, ...calls, ...moves]
}

// Mostly seconds, so that streams are met half-way; now and then past a round's timeout or a pause's end.
function secondsOf({ random, view, arena }: Situation): number {
  if (view.pausedUntil > arena.now() && random.chance(0.1)) return PAUSE
  if (random.chance(0.015)) return PAUSE_REST
  if (random.chance(0.02)) return 2 * 60 * MINUTE
  return random.chance(0.6) ? 1 + random.below(20) : 1 + random.below(10 * MINUTE)
}
