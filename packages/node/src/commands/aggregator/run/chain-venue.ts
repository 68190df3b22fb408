import { createFederatorChain } from '@fednode/aggregator'
import { type ChainAccount, createRegistry, readAssertions } from '@fednode/contracts'
import { reachWhenSent } from '../../../debug/reach-when-sent.ts'
import type { Context } from '../../../framework/context.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { chooseLeadership } from './choose-leadership.ts'
import type { AggregatorOptions } from './handler.ts'
import type { AggregatorVenue } from './venue.ts'

/** A Scenario on a chain, as its federator. @throws {ChainError} when the chain does not answer. */
export async function chainVenue(
  options: AggregatorOptions,
  account: ChainAccount,
  { logger, signal, reach, now }: Context,
): Promise<AggregatorVenue> {
  const { scenario } = options
  reachWhenSent(account, 'aggregator.tx-sent', reach)
  return {
    chainId: account.chainId,
    scenario,
    registry: await unlessStopped(signal, () =>
      createRegistry({ reader: account, scenario, logger }),
    ),
    chain: createFederatorChain(account, scenario),
    chooseLeadership: (parts) =>
      unlessStopped(signal, () => chooseLeadership(options, { ...parts, account, logger, now })),
    readAnchors: () => readAssertions(account, { scenario }),
  }
}
