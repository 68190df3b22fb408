import type { NodeOutcome } from './network-result.ts'

/** What a node is better off by, in wei: what it earned, less what was taken from its stake and what it paid to come in. */
export function gainOf({ earned, reported, lost, fee }: NodeOutcome): bigint {
  return earned + reported - lost - fee
}

/** Of the alliance's participants, the least gain of an honest one and the largest of a malicious one; wei. */
export function gapOf(nodes: readonly NodeOutcome[]): {
  readonly poorest: bigint
  readonly richest: bigint
} {
  const allies = nodes.filter(({ role }) => role === 'alliance')
  const gains = (isHonest: boolean): readonly bigint[] =>
    allies
      .filter(({ attack }) => (attack === undefined) === isHonest)
      .map(gainOf)
      .toSorted((a, b) => (a < b ? -1 : 1))
  return { poorest: gains(true).at(0) ?? 0n, richest: gains(false).at(-1) ?? 0n }
}
