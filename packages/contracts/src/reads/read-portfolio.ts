import { type Address, erc20Abi, zeroAddress } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { readBlockTag } from '../read-block-tag.ts'
import type { ChainReader } from '../types.ts'
import { readSteadily } from './read-steadily.ts'

/** What an account holds of one client's token; wei. */
export type TokenHolding = {
  readonly index: number
  readonly name: string
  readonly token: Address
  readonly balance: bigint
  /** Currency that can be claimed now. */
  readonly owed: bigint
}

/** What an account holds of one federation; all amounts in wei. */
export type Portfolio = {
  readonly holder: Address
  readonly currency: { readonly token: Address; readonly balance: bigint }
  readonly tokens: readonly TokenHolding[]
  /** Null in a federation without a market. */
  readonly lp: { readonly pool: Address; readonly balance: bigint; readonly owed: bigint } | null
  /** What of the account's bonds is free, to be withdrawn or staked again. */
  readonly bondCredit: bigint
}

type Snapshot = { readonly blockTag: 'pending' | 'latest' }

/**
 * Balances and claimable rewards of an account in one federation, as of now.
 * @throws {ChainError} RPC_FAILED.
 */
export function readPortfolio(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly holder: Address },
): Promise<Portfolio> {
  return readSteadily(() => readHoldings(reader, args))
}

async function readHoldings(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly holder: Address },
): Promise<Portfolio> {
  const { scenario, holder } = args
  const at = { blockTag: readBlockTag(reader) }
  const contract = { address: scenario, abi: scenarioAbi, ...at } as const
  const [{ currency }, pool, count, bondCredit] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'params' }),
      reader.public.readContract({ ...contract, functionName: 'pool' }),
      reader.public.readContract({ ...contract, functionName: 'clientCount' }),
      reader.public.readContract({ ...contract, functionName: 'bondCredit', args: [holder] }),
    ]),
  )
  const indexes = Array.from({ length: count }, (_, index) => index)
  const [balance, tokens, lp] = await ask(
    Promise.all([
      balanceOf(reader, { token: currency, holder, at }),
      Promise.all(indexes.map((index) => readHolding(reader, { scenario, holder, index, at }))),
      pool === zeroAddress ? null : readLp(reader, { pool, holder, at }),
    ]),
  )
  return { holder, currency: { token: currency, balance }, tokens, lp, bondCredit }
}

async function readHolding(
  reader: ChainReader,
  of: { scenario: Address; holder: Address; index: number; at: Snapshot },
): Promise<TokenHolding> {
  const { scenario, holder, index, at } = of
  const contract = { address: scenario, abi: scenarioAbi, ...at } as const
  const [{ name, token }, owed] = await Promise.all([
    reader.public.readContract({ ...contract, functionName: 'clientAt', args: [index] }),
    reader.public.readContract({ ...contract, functionName: 'owed', args: [index, holder] }),
  ])
  const balance = await balanceOf(reader, { token, holder, at })
  return { index, name, token, balance, owed }
}

async function readLp(
  reader: ChainReader,
  of: { pool: Address; holder: Address; at: Snapshot },
): Promise<Portfolio['lp']> {
  const { pool, holder, at } = of
  const asked = { address: pool, abi: meanPoolAbi, functionName: 'lpOwed', args: [holder] } as const
  const [balance, owed] = await Promise.all([
    balanceOf(reader, { token: pool, holder, at }),
    reader.public.readContract({ ...asked, ...at }),
  ])
  return { pool, balance, owed }
}

function balanceOf(
  reader: ChainReader,
  of: { token: Address; holder: Address; at: Snapshot },
): Promise<bigint> {
  const asked = { address: of.token, abi: erc20Abi, functionName: 'balanceOf' } as const
  return reader.public.readContract({ ...asked, args: [of.holder], ...of.at })
}
