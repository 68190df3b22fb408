import type { NodeOutcome } from './network-result.ts'

/** What a node is better off by, in wei: what it earned, less what was taken from its stake and what it paid to come in. */
export function gainOf({ earned, reported, lost, fee }: NodeOutcome): bigint {
  return earned + reported - lost - fee
}
