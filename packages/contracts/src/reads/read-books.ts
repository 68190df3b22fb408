import { type Address, erc20Abi, zeroAddress } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { readClients } from './read-clients.ts'
import { readHolders } from './read-holders.ts'
import { readSteadily } from './read-steadily.ts'

/** Account that holds the LP shares which nobody may ever use (MeanPool.LOCKED_SHARES). */
const LOCKED_HOLDER: Address = '0x000000000000000000000000000000000000dEaD'

/**
 * Where every wei of a federation is, at one block: deposited = claimed + claimable + returned + carried, and
 * carried = pots + streaming + dust.
 */
export type Books = {
  readonly deposited: bigint
  /** Paid out to holders and liquidity providers. */
  readonly claimed: bigint
  /** What all holders and liquidity providers could claim at this block. */
  readonly claimable: bigint
  /** Given back to the federator by closeScenario. */
  readonly returned: bigint
  /** What is neither paid nor claimable yet. */
  readonly carried: bigint
  /** Part of carried: escrowed for rounds that are not settled, and what settled ones carried over. */
  readonly pots: bigint
  /** Part of carried: promised to holders and still to be streamed. */
  readonly streaming: bigint
  /** Part of carried: fractions of a wei of rates, holders and liquidity providers, and what the locked LP shares earned. */
  readonly dust: bigint
  /** Staked, or to be withdrawn by those who staked: beside the deposits. */
  readonly bonds: bigint
  /** Currency that the Scenario must have, bonds included, and what it has: held >= owedByScenario. */
  readonly owedByScenario: bigint
  readonly held: bigint
  readonly blockNumber: bigint
}

type At = { readonly scenario: Address; readonly blockNumber: bigint }

/**
 * Adds up a federation's books from the contracts' own numbers and every holder's own claim, exact to the wei.
 * @param args - `fromBlock`: block at or before the creation; 0 when left out. Holders are found by Transfer events.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export function readBooks(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<Books> {
  return readSteadily(() => addUpBooks(reader, args))
}

async function addUpBooks(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<Books> {
  const { scenario, fromBlock = 0n } = args
  const at = { scenario, blockNumber: await readBlockNumber(reader) }
  const range = { from: fromBlock, to: at.blockNumber }
  const contract = { address: scenario, abi: scenarioAbi, blockNumber: at.blockNumber } as const
  const [ledger, pool, { currency }, clients] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'ledger' }),
      reader.public.readContract({ ...contract, functionName: 'pool' }),
      reader.public.readContract({ ...contract, functionName: 'params' }),
      readClients(reader, { address: scenario, blockNumber: at.blockNumber }),
    ]),
  )
  const tokens = clients.map(({ token }) => token)
  const owed = await sumOwed(reader, { ...at, pool, tokens, range })
  const lps = pool === zeroAddress ? NO_LPS : await readLps(reader, { ...at, pool, range })
  const { deposited, returned, pots, streaming, unclaimed, carriedDust, bonds } = ledger
  // What holders and LPs have earned but cannot draw in whole wei, and the locked LP shares' part.
  const fractions = unclaimed - owed - lps.poolOwed + (lps.poolOwed + lps.heldForLps - lps.owed)
  const dust = carriedDust + fractions
  return {
    deposited,
    claimed: ledger.claimed - lps.heldForLps,
    claimable: owed + lps.owed,
    returned,
    carried: pots + streaming + dust,
    pots,
    streaming,
    dust,
    bonds,
    owedByScenario: deposited - ledger.claimed - returned + bonds,
    held: await balanceOf(reader, { token: currency, holder: scenario, at }),
    blockNumber: at.blockNumber,
  }
}

type Range = { readonly from: bigint; readonly to: bigint }

async function sumOwed(
  reader: ChainReader,
  of: At & { pool: Address; tokens: readonly Address[]; range: Range },
): Promise<bigint> {
  const { scenario: address, blockNumber, pool, tokens, range } = of
  const contract = { address, abi: scenarioAbi, blockNumber, functionName: 'owed' } as const
  const sums = tokens.map(async (token, index) => {
    const holders = await readHolders(reader, { token, range })
    // The pool's part goes to its LPs and is counted there.
    const others = [...holders].filter((holder) => holder !== pool)
    return addUp(others.map((at) => reader.public.readContract({ ...contract, args: [index, at] })))
  })
  return addUp(sums)
}

type Lps = { readonly owed: bigint; readonly poolOwed: bigint; readonly heldForLps: bigint }

const NO_LPS: Lps = { owed: 0n, poolOwed: 0n, heldForLps: 0n }

async function readLps(
  reader: ChainReader,
  of: At & { pool: Address; range: Range },
): Promise<Lps> {
  const { scenario, blockNumber, pool, range } = of
  const contract = { address: pool, abi: meanPoolAbi, blockNumber } as const
  const holders = await readHolders(reader, { token: pool, range })
  const others = [...holders].filter((holder) => holder !== LOCKED_HOLDER)
  const asked = { ...contract, functionName: 'lpOwed' } as const
  const whole = { address: scenario, abi: scenarioAbi, blockNumber } as const
  const [owed, poolOwed, heldForLps] = await Promise.all([
    addUp(others.map((holder) => reader.public.readContract({ ...asked, args: [holder] }))),
    ask(reader.public.readContract({ ...whole, functionName: 'poolOwed' })),
    ask(reader.public.readContract({ ...contract, functionName: 'dividendsHeld' })),
  ])
  return { owed, poolOwed, heldForLps }
}

async function addUp(amounts: readonly Promise<bigint>[]): Promise<bigint> {
  return (await ask(Promise.all(amounts))).reduce((sum, amount) => sum + amount, 0n)
}

function balanceOf(
  reader: ChainReader,
  of: { token: Address; holder: Address; at: At },
): Promise<bigint> {
  const asked = { address: of.token, abi: erc20Abi, functionName: 'balanceOf' } as const
  const { blockNumber } = of.at
  return ask(reader.public.readContract({ ...asked, args: [of.holder], blockNumber }))
}
