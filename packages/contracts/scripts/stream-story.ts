import type { FederationModel } from '../src/model/federation.ts'

/** Three clients, and the others of Federation.sol. */
export const HOLDERS = [
  'client-0',
  'client-1',
  'client-2',
  'investor',
  'provider',
  'federator',
] as const
/** Federation.sol's rounds. */
export const ROUNDS = 8

/** Steps that forge plays, by number; arguments are indexes and wei. */
const STEP_CODES = {
  /** Nothing but time: -. */
  wait: 0n,
  /** token, from, to, amount. */
  transfer: 1n,
  /** place of the token in, place of the token out, who, amount in; result: amount out. */
  swapIn: 2n,
  /** place of the token in, place of the token out, who, amount out; result: amount in. */
  swapOut: 3n,
  /** who, shares; result: currency paid. */
  join: 4n,
  /** who, shares; result: currency received. */
  exit: 5n,
  /** token, who; result: paid. */
  claim: 6n,
  /** who; result: paid. */
  claimLp: 7n,
  /** new money, three shares; result: pot with what was carried over. */
  assert: 8n,
  /** clients in the page; result: cursor, 0 at the end. */
  finalize: 9n,
  /** place of the token, who, amount in; result: shares. */
  joinOne: 10n,
  /** place of the token, who, shares; result: amount out. */
  exitOne: 11n,
  /** The third client registers late: its issuance. */
  register: 12n,
  /** It is listed: -. */
  list: 13n,
} as const

/** A history so far. */
export type Story = {
  readonly model: FederationModel
  /** Unix seconds. */
  readonly time: bigint
  readonly round: number
  /** When the round began, Unix seconds. */
  readonly startedAt: bigint
  /** Clients that take part in the round. */
  readonly active: number
  /** Issuance of the client that registers late, if one does. */
  readonly late: bigint | null
  /** For the next pot, in wei. */
  readonly carried: bigint
  /** The round that is asserted, or being settled. */
  readonly page: {
    readonly pot: bigint
    readonly shares: readonly bigint[]
    readonly from: number
    readonly dueAt: bigint
    readonly rewarded: bigint
    readonly carried: bigint
  } | null
}

/** What happened, as forge reads it. */
export type Step = {
  readonly code: bigint
  readonly args: readonly [bigint, bigint, bigint, bigint]
  readonly result: bigint
  readonly story: Story
}

/** @param step - up to four arguments; the others are 0. */
export function createStep(
  kind: keyof typeof STEP_CODES,
  step: { args: readonly bigint[]; result: bigint; story: Story },
): Step {
  const [a = 0n, b = 0n, c = 0n, d = 0n] = step.args
  return { ...step, code: STEP_CODES[kind], args: [a, b, c, d] }
}

/** Who acts in a story now. */
export function actorOf({ time }: Story, who: bigint): { who: string; time: bigint } {
  return { who: nameOf(who), time }
}

/** @param who - its place in HOLDERS. */
export function nameOf(who: bigint): string {
  return HOLDERS[Number(who)] ?? ''
}
