import { type LpDividends, NO_LP_DIVIDENDS } from './lp-dividends.ts'
import type { Pool } from './pool.ts'
import { addToken, createStreamLedger, type StreamLedger } from './stream.ts'

/** Who holds the tokens that wait for the market. */
export const SCENARIO_HOLDER = 'scenario'
const BPS = 10_000n

/** What of ScenarioParams tokens, pool and streams depend on: wei, seconds, basis points, and 1e18 = 100 %. */
export type FederationTerms = {
  readonly streamWindow: bigint
  readonly clientSupply: bigint
  readonly poolBps: bigint
  readonly federatorBps: bigint
  readonly seedCurrency: bigint
  readonly currencyWeight: bigint
  readonly swapFee: bigint
}

/** A client: who controls it, and how many times clientSupply it has. */
export type ModelClient = { readonly controller: string; readonly issuance: bigint }

/** Tokens, streams, pool and LPs of one Scenario; holders by any name. Steps return a new one; times are Unix seconds. */
export type FederationModel = {
  readonly terms: FederationTerms
  readonly federator: string
  readonly clients: readonly ModelClient[]
  readonly ledger: StreamLedger
  /** null before the market opens. */
  readonly pool: Pool | null
  readonly lp: LpDividends
}

/** A federation without clients. */
export function createFederationModel(terms: FederationTerms, federator: string): FederationModel {
  const ledger = createStreamLedger(terms.streamWindow)
  return { terms, federator, clients: [], ledger, pool: null, lp: NO_LP_DIVIDENDS }
}

/** IScenario.register: the pool's part waits in the Scenario, the client gets what the divisions leave. */
export function registerClient(model: FederationModel, client: ModelClient): FederationModel {
  const { terms, federator, ledger, clients } = model
  const supply = terms.clientSupply * client.issuance
  const poolPart = poolPartOf(terms, client)
  const federatorPart = partOf(terms, terms.federatorBps, client)
  const parts: [string, bigint][] = [
    [SCENARIO_HOLDER, poolPart],
    [federator, federatorPart],
    [client.controller, supply - poolPart - federatorPart],
  ]
  const holders = new Map<string, bigint>()
  // One account may be controller and federator.
  for (const [who, part] of parts) holders.set(who, (holders.get(who) ?? 0n) + part)
  return { ...model, clients: [...clients, client], ledger: addToken(ledger, holders) }
}

/** What a client's token has for the pool, in wei. */
export function poolPartOf(terms: FederationTerms, client: ModelClient): bigint {
  return partOf(terms, terms.poolBps, client)
}

/** Rounded down for issuance weight 1 and then multiplied: every client's parts are in the same proportion. */
function partOf({ clientSupply }: FederationTerms, bps: bigint, { issuance }: ModelClient): bigint {
  return ((clientSupply * bps) / BPS) * issuance
}
