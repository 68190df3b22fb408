import { type Fault, printable } from '@fednode/protocol'
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

/** A sentence for every custom error of the family. */
export type RevertSentences = { readonly [N in FamilyErrorName]: RevertSentence<N> }

const MAX_SHOWN_TEXT = 60

/** A contract that is not ours may revert with any text (T23). */
export function quoted(text: string): string {
  return JSON.stringify(printable(text, MAX_SHOWN_TEXT))
}

/** Unix seconds as a date. */
export function when(unixSeconds: bigint | number): string {
  // Years beyond this are no dates; a contract may hold any number.
  const LATEST = 253_402_300_799n
  if (unixSeconds > LATEST) return `Unix time ${unixSeconds}`
  return new Date(Number(unixSeconds) * 1000).toISOString().replace('.000Z', 'Z')
}
