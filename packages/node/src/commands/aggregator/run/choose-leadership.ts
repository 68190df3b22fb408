import {
  countStarts,
  createLeaseChain,
  holderOf,
  holdLease,
  type Journal,
  type Leadership,
} from '@fednode/aggregator'
import { type ChainAccount, ChainError } from '@fednode/contracts'
import type { Logger } from '@fednode/protocol'
import type { AggregatorOptions } from './handler.ts'

/**
 * Leads by the chain's lease. On a chain where none can be deployed it leads alone, with a word to the operator.
 * @throws {ChainError} RPC_FAILED, NO_GAS_MONEY.
 */
export async function chooseLeadership(
  { scenario, lease }: Pick<AggregatorOptions, 'scenario' | 'lease'>,
  parts: {
    readonly account: ChainAccount
    readonly journal: Journal
    readonly logger: Logger
    elapsed(): number
  },
): Promise<Leadership> {
  const { account, journal, logger, elapsed } = parts
  const chain = createLeaseChain(account, scenario)
  try {
    await chain.prepare()
  } catch (error) {
    if (!(error instanceof ChainError) || error.code !== 'LEASE_UNAVAILABLE') throw error
    logger.warn({ code: error.code, reason: error.message }, 'no lease: never start a second one')
    return countStarts()
  }
  const options = { holder: holderOf(journal), seconds: lease }
  return holdLease(options, { chain, elapsed, logger: logger.child({ part: 'lease' }) })
}
