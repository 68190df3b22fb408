import { aggregatorLeaseAbi } from './generated/aggregator-lease.ts'
import { attesterResolverAbi } from './generated/attester-resolver.ts'
import { clientTokenAbi } from './generated/client-token.ts'
import { localCurrencyAbi } from './generated/local-currency.ts'
import { meanPoolAbi } from './generated/mean-pool.ts'
import { orchestratorAbi } from './generated/orchestrator.ts'
import { scenarioAbi } from './generated/scenario.ts'
import { wrappedCurrencyAbi } from './generated/wrapped-currency.ts'

type FamilyAbi =
  | typeof aggregatorLeaseAbi
  | typeof attesterResolverAbi
  | typeof clientTokenAbi
  | typeof localCurrencyAbi
  | typeof meanPoolAbi
  | typeof orchestratorAbi
  | typeof scenarioAbi
  | typeof wrappedCurrencyAbi

type ErrorItem = Extract<FamilyAbi[number], { readonly type: 'error' }>

/** Name of a custom error of the contract family. */
export type FamilyErrorName = ErrorItem['name']

/** One custom error of the family, as its ABI has it. */
export type FamilyErrorNamed<N extends FamilyErrorName> = Extract<ErrorItem, { readonly name: N }>

/**
 * Every custom error of every contract of the family, once each. An error bubbles up through several contracts (token, Scenario,
 * pool), so one table decodes them all.
 */
export const familyErrorsAbi: readonly ErrorItem[] = uniqueErrors([
  ...aggregatorLeaseAbi,
  ...attesterResolverAbi,
  ...clientTokenAbi,
  ...localCurrencyAbi,
  ...meanPoolAbi,
  ...orchestratorAbi,
  ...scenarioAbi,
  ...wrappedCurrencyAbi,
])

function uniqueErrors(items: readonly FamilyAbi[number][]): readonly ErrorItem[] {
  const errors = items.filter((item) => item.type === 'error')
  const bySignature = new Map(errors.map((item) => [signatureOf(item), item]))
  return [...bySignature.values()]
}

function signatureOf(item: ErrorItem): string {
  return `${item.name}(${item.inputs.map((input) => input.type).join(',')})`
}
