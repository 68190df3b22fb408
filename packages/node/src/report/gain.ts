import type { InvestorOutcome, ProviderOutcome } from '../local/up-result.ts'

/** What the investor is better off by, in wei: rewards, sales and the tokens that it still holds, less what it paid. */
export function investorGain(investor: InvestorOutcome): bigint {
  return investor.received + investor.claimed + investor.holdingValue - investor.spent
}

/** The same of the liquidity provider: dividends and its part of the pool, less what it brought. */
export function providerGain(provider: ProviderOutcome): bigint {
  return provider.claimed + provider.holdingValue - provider.provided
}
