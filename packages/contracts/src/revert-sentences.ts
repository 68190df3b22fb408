import type { Fault } from '@fednode/protocol'
import type { AbiParameterToPrimitiveType } from 'viem'
import type { FamilyErrorName, FamilyErrorNamed } from './family-errors.ts'

type InputOf<N extends FamilyErrorName> = FamilyErrorNamed<N>['inputs'][number]

/** Arguments of a custom error by name. */
export type RevertValues<N extends FamilyErrorName> = {
  readonly [I in InputOf<N> as I['name']]: AbiParameterToPrimitiveType<I>
}

/** What a custom error means to the one who caused it. */
export type RevertSentence<N extends FamilyErrorName> = {
  readonly say: (values: RevertValues<N>) => string
  /** Who has to act; 'chain' when left out. */
  readonly fault?: Fault
  readonly hint?: string
}

/** A sentence for every custom error of the family; the type makes a missing one a compile error. */
export const REVERT_SENTENCES: { readonly [N in FamilyErrorName]: RevertSentence<N> } = {
  NotOwner: { say: (v) => `${v.caller} does not own this currency`, fault: 'refused' },
  AllowanceOverflow: { say: () => 'the allowance would overflow' },
  AllowanceUnderflow: { say: () => 'the allowance would fall below zero' },
  InsufficientAllowance: { say: () => 'the allowance is too small for this transfer' },
  InsufficientBalance: {
    say: () => 'the balance is too small for this transfer',
    fault: 'usage',
    hint: 'fednode market portfolio  shows what you hold.',
  },
  InvalidPermit: { say: () => 'the permit is not signed by the owner of the tokens' },
  Permit2AllowanceIsFixedAtInfinity: { say: () => 'the allowance of Permit2 cannot be changed' },
  PermitExpired: { say: () => 'the permit has expired' },
  TotalSupplyOverflow: { say: () => 'the supply would overflow' },
}
