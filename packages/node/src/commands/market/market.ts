import {
  type ChainReader,
  connectChain,
  type PoolState,
  type PoolToken,
  readPool,
  readScenario,
  type ScenarioState,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { endpointsOf } from '../../chain/endpoints-of.ts'

const NO_POOL = '0x0000000000000000000000000000000000000000'

/** A federation's market at one moment. */
export type Market = { readonly state: ScenarioState; readonly pool: PoolState }

/** Which federation, and which Orchestrator must have created it (T55); any when undefined. */
export type Target = {
  readonly scenario: `0x${string}`
  readonly orchestrator: `0x${string}` | undefined
}

/** A client token in the pool. */
export type ListedToken = PoolToken & { readonly name: string }

/** Reads without keys. */
export async function withReader<T>(
  args: Parameters<typeof endpointsOf>[0],
  job: (reader: ChainReader) => Promise<T>,
): Promise<T> {
  const reader = await connectChain(endpointsOf(args))
  try {
    return await job(reader)
  } finally {
    await reader.close()
  }
}

/**
 * Reads a federation's market.
 * @throws {UserError} NO_MARKET (usage) for a federation without one, MARKET_NOT_OPEN (refused) before somebody opened it.
 */
export async function readMarket(reader: ChainReader, target: Target): Promise<Market> {
  const { scenario } = target
  const state = await readScenario(reader, trusted(target))
  requirePool(state)
  if (!state.poolOpen) {
    throw new UserError('refused', `the market of Scenario ${scenario} is not open yet`, {
      code: 'MARKET_NOT_OPEN',
      hint: `Once registration is closed, anyone may bring the seed currency:  fednode market open ${scenario}`,
    })
  }
  return { state, pool: await readPool(reader, { pool: state.pool }) }
}

/** @throws {UserError} NO_MARKET (usage) for a federation without a market. */
export function requirePool({ pool, address }: ScenarioState): void {
  if (pool !== NO_POOL) return
  throw new UserError(
    'usage',
    `Scenario ${address.toLowerCase()} has no market: its manifest brings no seed currency`,
    { code: 'NO_MARKET' },
  )
}

/** The identity that the contracts package checks. */
export function trusted({ scenario, orchestrator }: Target): {
  readonly scenario: `0x${string}`
  readonly orchestrator?: `0x${string}`
} {
  return orchestrator === undefined ? { scenario } : { scenario, orchestrator }
}

/** The client tokens of a market, in index order. */
export function listedTokens({ state, pool }: Market): readonly ListedToken[] {
  return state.clients.flatMap(({ name, token }) => {
    const listed = pool.tokens.find((entry) => sameAddress(entry.token, token))
    return listed === undefined ? [] : [{ ...listed, name }]
  })
}

/** The token of one silo by its name. @throws {UserError} UNKNOWN_SILO (usage) naming those that there are. */
export function tokenOf(market: Market, silo: string): ListedToken {
  const tokens = listedTokens(market)
  const found = tokens.find(({ name }) => name === silo)
  if (found !== undefined) return found
  throw new UserError('usage', `no silo "${silo}" in this market`, {
    code: 'UNKNOWN_SILO',
    hint: `There are: ${tokens.map(({ name }) => name).join(', ')}`,
  })
}

function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
