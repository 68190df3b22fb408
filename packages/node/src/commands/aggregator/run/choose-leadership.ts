import {
  countStarts,
  createLeaseChain,
  holderOf,
  holdLease,
  type Journal,
  type Leadership,
} from '@fednode/aggregator'
import { type ChainAccount, ChainError } from '@fednode/contracts'
import { type Logger, UserError } from '@fednode/protocol'
import type { AggregatorOptions } from './handler.ts'

/**
 * Leads by the chain's lease. On a chain where none can be deployed it leads alone, with a word to the operator.
 * @throws {UserError} LED_BY_ANOTHER (refused) when another aggregator led since this directory's did, whose rounds it does not know.
 * @throws {ChainError} RPC_FAILED, NO_GAS_MONEY.
 */
export async function chooseLeadership(
  { scenario, lease, rebuild }: Pick<AggregatorOptions, 'scenario' | 'lease' | 'rebuild'>,
  parts: {
    readonly account: ChainAccount
    readonly journal: Journal
    readonly logger: Logger
    elapsed(): number
    now(): number
  },
): Promise<Leadership> {
  const { account, journal, logger, elapsed, now } = parts
  const chain = createLeaseChain(account, scenario)
  try {
    await chain.prepare()
  } catch (error) {
    if (!(error instanceof ChainError) || error.code !== 'LEASE_UNAVAILABLE') throw error
    logger.warn({ code: error.code, reason: error.message }, 'no lease: never start a second one')
    return countStarts()
  }
  const holder = holderOf(journal)
  const last = await chain.read()
  const isForeign = last !== undefined && last.holder !== holder && last.term > journal.term()
  if (isForeign && rebuild === undefined) throw ledByAnother(scenario, last.term)
  const options = { holder, seconds: lease }
  return holdLease(options, { chain, elapsed, now, logger: logger.child({ part: 'lease' }) })
}

function ledByAnother(scenario: string, term: number): UserError {
  return new UserError(
    'refused',
    `another aggregator led ${scenario} in term ${term}, and this directory does not know its rounds`,
    {
      code: 'LED_BY_ANOTHER',
      hint: `Take them over from the silos with  --rebuild ${scenario}, or wait beside that one with  --standby.`,
    },
  )
}
