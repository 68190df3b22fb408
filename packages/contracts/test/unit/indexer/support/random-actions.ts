import { type Address, erc20Abi, type Hex, keccak256, toHex } from 'viem'
import { localCurrencyAbi } from '../../../../src/generated/local-currency.ts'
import { meanPoolAbi } from '../../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../../src/generated/scenario.ts'
import { type MarketView, ONE_TOKEN, sharesHash } from '../../../../src/index.ts'
import { type Arena, type ArenaCall, callOf } from './arena.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What an action may look at. */
export type Situation = {
  readonly arena: Arena
  readonly random: SeededRandom
  readonly view: MarketView
  /** The vector that the federator anchored last, and how many clients' tokens everybody lets the pool take. */
  readonly memory: { shares: number[]; approved: number }
}

/** One action that may make sense now, as a call that may still revert; undefined when it makes none. */
type Action = (at: Situation) => ArenaCall | undefined

const FAR = 2n ** 40n
const HASH: Hex = `0x${'ee'.repeat(32)}`
const ANYTHING = 2n ** 255n

/** Actions and how often each is tried, whatever the phase. */
const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
  [30, swapExactIn],
  [8, swapExactOut],
  [6, joinProportional],
  [6, exitProportional],
  [8, joinSingle],
  [8, exitSingle],
  [16, transferTokens],
  [6, transferShares],
  [14, claimRewards],
  [6, claimShares],
  [3, giveMoney],
  [4, withdrawBond],
  [1, setReceiver],
]

/** An action of traders, holders and liquidity providers. */
export function randomAction(at: Situation): ArenaCall | undefined {
  const sum = ACTIONS.reduce((total, [weight]) => total + weight, 0)
  let left = at.random.below(sum)
  for (const [weight, action] of ACTIONS) {
    left -= weight
    if (left < 0) return action(at)
  }
  return undefined
}

/** What moves the rounds, registrations, disputes and pauses on; several may be tried at once. */
export function roundActions(at: Situation): ArenaCall[] {
  const { random, view } = at
  const moves: Action[] = []
  if (view.phase === 'open') moves.push(...openMoves(at))
  if (view.phase === 'asserted') moves.push(random.chance(0.3) ? dispute : finalize, finalize)
  if (view.phase === 'disputed') moves.push(giveEvidence, random.chance(0.7) ? resolve : voidRound)
  if (view.phase === 'closed') moves.push(close)
  if (view.pausedUntil > at.arena.now()) moves.push(...(random.chance(0.6) ? [unpause] : []))
  else if (random.chance(0.1)) moves.push(pause)
  if (random.chance(0.1)) moves.push(fund)
  return moves.map((move) => move(at)).filter((call) => call !== undefined)
}

function openMoves({ random, view }: Situation): Action[] {
  const moves: Action[] = [fund]
  if (view.reserves.length === 0) moves.push(openMarket)
  if (random.chance(0.3)) moves.push(registerLate)
  if (random.chance(0.3)) moves.push(listClient)
  if (random.chance(0.03)) moves.push(delistClient)
  // A client is listed only once its round is a challenge window old: with one waiting, the federator is often in no hurry.
  const isWaiting = view.reserves.length > 0 && view.clients.length >= view.reserves.length
  if (isWaiting && random.chance(0.6)) return moves
  moves.push(random.chance(0.08) ? voidRound : assertRound)
  return moves
}

// --- the market

function swapExactIn({ arena, random, view }: Situation): ArenaCall | undefined {
  if (view.reserves.length === 0) return undefined
  const [tokenIn, tokenOut] = [random.pick(view.reserves), random.pick(view.reserves)]
  const amount = random.partOf(tokenIn.balance / 3n)
  return ofPool(arena, random.pick(arena.accounts), (trader) => ({
    functionName: 'swapExactIn',
    args: [tokenIn.token, tokenOut.token, amount, 0n, trader, FAR],
  }))
}

function swapExactOut({ arena, random, view }: Situation): ArenaCall | undefined {
  if (view.reserves.length === 0) return undefined
  const [tokenIn, tokenOut] = [random.pick(view.reserves), random.pick(view.reserves)]
  const amount = random.partOf(tokenOut.balance / 10n)
  return ofPool(arena, random.pick(arena.accounts), (trader) => ({
    functionName: 'swapExactOut',
    args: [tokenIn.token, tokenOut.token, amount, ANYTHING, trader, FAR],
  }))
}

function joinProportional({ arena, random, view }: Situation): ArenaCall | undefined {
  if (view.reserves.length === 0) return undefined
  const limits = view.reserves.map(() => ANYTHING)
  const shares = random.partOf(view.lpSupply / 20n)
  return ofPool(arena, random.pick(arena.accounts), (provider) => ({
    functionName: 'joinProportional',
    args: [shares, limits, provider, FAR],
  }))
}

function exitProportional({ arena, random, view }: Situation): ArenaCall | undefined {
  const provider = randomProvider({ random, view })
  if (provider === undefined) return undefined
  const limits = view.reserves.map(() => 0n)
  const shares = random.partOf(view.lpBalance(provider))
  return ofPool(arena, provider, (to) => ({
    functionName: 'exitProportional',
    args: [shares, limits, to, FAR],
  }))
}

function joinSingle({ arena, random, view }: Situation): ArenaCall | undefined {
  if (view.reserves.length === 0) return undefined
  const { token, balance } = random.pick(view.reserves)
  const amount = random.partOf(balance / 5n)
  return ofPool(arena, random.pick(arena.accounts), (provider) => ({
    functionName: 'joinSingle',
    args: [token, amount, 0n, provider, FAR],
  }))
}

function exitSingle({ arena, random, view }: Situation): ArenaCall | undefined {
  const provider = randomProvider({ random, view })
  if (provider === undefined) return undefined
  const { token } = random.pick(view.reserves)
  const shares = random.partOf(view.lpBalance(provider) / 4n)
  return ofPool(arena, provider, (to) => ({
    functionName: 'exitSingle',
    args: [token, shares, 0n, to, FAR],
  }))
}

function transferTokens({ arena, random, view }: Situation): ArenaCall | undefined {
  if (view.clients.length === 0) return undefined
  const index = random.below(view.clients.length)
  const token = view.clients[index]?.token
  const from = random.pick(view.holders(index))
  if (token === undefined || !arena.accounts.includes(from)) return undefined
  // Also to oneself, and now and then nothing at all.
  const amount = random.chance(0.05) ? 0n : random.partOf(view.balance(index, from))
  const to = random.pick(arena.accounts)
  return callOf(from, token, { abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
}

function transferShares({ arena, random, view }: Situation): ArenaCall | undefined {
  const from = randomProvider({ random, view })
  if (from === undefined) return undefined
  const args = [random.pick(arena.accounts), random.partOf(view.lpBalance(from))] as const
  return callOf(from, arena.pool, { abi: erc20Abi, functionName: 'transfer', args })
}

function claimRewards({ arena, random, view }: Situation): ArenaCall | undefined {
  const indexes = view.clients.map((_, index) => index).filter(() => random.chance(0.6))
  // What the seeds earned while they waited is claimed in the Scenario's own name.
  const holder = random.chance(0.1) ? arena.scenario : random.pick(arena.accounts)
  return ofScenario(arena, random.pick(arena.accounts), {
    functionName: 'claim',
    args: [indexes, holder],
  })
}

function claimShares({ arena, random, view }: Situation): ArenaCall | undefined {
  const holder = randomProvider({ random, view })
  if (holder === undefined) return undefined
  return ofPool(arena, random.pick(arena.accounts), () => ({
    functionName: 'claimLp',
    args: [holder],
  }))
}

function giveMoney({ arena, random }: Situation): ArenaCall {
  const to = random.chance(0.5) ? arena.scenario : arena.pool
  const args = [to, random.partOf(ONE_TOKEN)] as const
  const call = { abi: localCurrencyAbi, functionName: 'transfer', args } as const
  return callOf(random.pick(arena.accounts), arena.world.currency, call)
}

function setReceiver({ arena, random }: Situation): ArenaCall {
  const args = [random.pick(arena.accounts)] as const
  return ofScenario(arena, random.pick(arena.accounts), { functionName: 'setReceiver', args })
}

function withdrawBond({ arena, random, view }: Situation): ArenaCall | undefined {
  const parties = [...arena.accounts, arena.world.federator.address]
  const account = random.pick(parties)
  if (view.bondCredit(account) === 0n) return undefined
  return ofScenario(arena, account, { functionName: 'withdrawBond', args: [] })
}

// --- rounds

function openMarket({ arena }: Situation): ArenaCall {
  return ofScenario(arena, arena.world.federator.address, { functionName: 'openMarket', args: [] })
}

function fund({ arena, random, view }: Situation): ArenaCall {
  const round = view.round + random.below(2)
  return ofScenario(arena, arena.world.federator.address, {
    functionName: 'fundRound',
    args: [Math.max(round, 1), 1n + random.partOf(500n * ONE_TOKEN)],
  })
}

function assertRound({ arena, random, view, memory }: Situation): ArenaCall {
  const { world, scenario } = arena
  const nobody = random.chance(0.05)
  memory.shares = Array.from({ length: view.activeClients }, () =>
    nobody || random.chance(0.2) ? 0 : random.below(2 ** 32),
  )
  const { round } = view
  const hash = sharesHash({
    chainId: world.reader.chainId,
    scenario,
    round,
    shares: memory.shares,
  })
  return ofScenario(arena, world.federator.address, {
    functionName: 'assertRound',
    args: [round, hash, HASH, HASH],
  })
}

function finalize({ arena, random, view, memory }: Situation): ArenaCall {
  const page = random.chance(0.5) ? 1_000 : 1 + random.below(3)
  return ofScenario(arena, random.pick(arena.accounts), {
    functionName: 'finalize',
    args: [view.round, memory.shares, page],
  })
}

function voidRound({ arena, random, view }: Situation): ArenaCall {
  const who = random.pick([...arena.accounts, arena.world.federator.address])
  return ofScenario(arena, who, { functionName: 'voidRound', args: [view.round] })
}

function dispute({ arena, random, view }: Situation): ArenaCall {
  return ofScenario(arena, random.pick(arena.accounts), {
    functionName: 'dispute',
    args: [view.round, HASH],
  })
}

function giveEvidence({ arena, random, view }: Situation): ArenaCall {
  const who = random.chance(0.5) ? arena.world.federator.address : view.assertion.disputer
  return ofScenario(arena, who, { functionName: 'giveEvidence', args: [view.round, HASH] })
}

function resolve({ arena, random, view }: Situation): ArenaCall {
  return ofScenario(arena, arena.resolver, {
    functionName: 'resolve',
    args: [view.round, random.chance(0.5)],
  })
}

function close({ arena, random }: Situation): ArenaCall {
  return ofScenario(arena, random.pick(arena.accounts), { functionName: 'close', args: [] })
}

function pause({ arena }: Situation): ArenaCall {
  return ofScenario(arena, arena.guardian, { functionName: 'pause', args: [] })
}

function unpause({ arena }: Situation): ArenaCall {
  return ofScenario(arena, arena.guardian, { functionName: 'unpause', args: [] })
}

function registerLate({ arena, view }: Situation): ArenaCall | undefined {
  const account = arena.accounts[view.clients.length]
  return account === undefined ? undefined : registration(arena, account)
}

function listClient({ arena }: Situation): ArenaCall {
  return ofScenario(arena, arena.world.federator.address, { functionName: 'listClient', args: [] })
}

function delistClient({ arena, random, view }: Situation): ArenaCall {
  return ofScenario(arena, arena.world.federator.address, {
    functionName: 'delistClient',
    args: [random.below(view.clients.length)],
  })
}

/** Registers one of the arena's accounts as a client. */
export function registration(arena: Arena, account: Address): ArenaCall {
  const index = arena.accounts.indexOf(account)
  return ofScenario(arena, account, {
    functionName: 'register',
    args: [`client-${index}`, keccak256(toHex(`peer ${index}`)), `0x${'00'.repeat(64)}`],
  })
}

function randomProvider({ random, view }: Pick<Situation, 'random' | 'view'>): Address | undefined {
  const locked: Address = '0x000000000000000000000000000000000000dEaD'
  const providers = view.lpHolders().filter((holder) => holder !== locked)
  return providers.length === 0 ? undefined : random.pick(providers)
}

type CallOf<A extends typeof scenarioAbi | typeof meanPoolAbi> = {
  readonly functionName: Extract<A[number], { type: 'function' }>['name']
  readonly args: readonly unknown[]
}

/** A call of the Scenario. */
export function ofScenario(
  arena: Pick<Arena, 'scenario'>,
  from: Address,
  call: CallOf<typeof scenarioAbi>,
): ArenaCall {
  return callOf(from, arena.scenario, { abi: scenarioAbi, ...call } as never)
}

function ofPool(
  { pool }: Pick<Arena, 'pool'>,
  from: Address,
  call: (from: Address) => CallOf<typeof meanPoolAbi>,
): ArenaCall {
  return callOf(from, pool, { abi: meanPoolAbi, ...call(from) } as never)
}
