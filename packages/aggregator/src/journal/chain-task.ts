import { z } from 'zod'

const hex32 = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)])
const shares = z.array(z.int().min(0).max(1_000_000_000)).max(100)

/** What a task needs to be carried out, as kept in the journal. */
export const chainWorkSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('fund'), amountWei: z.string().regex(/^[0-9]{1,39}$/) }),
  z.strictObject({
    step: z.literal('assert'),
    shares,
    evidenceDigest: hex32,
    modelDigest: hex32,
  }),
  z.strictObject({ step: z.literal('finalize'), shares }),
  z.strictObject({ step: z.literal('void') }),
])

/** One step of a round on the chain. Shares: 1e9 is the whole pot, one per client in index order. */
export type ChainWork = z.infer<typeof chainWorkSchema>
/** Name of a step. */
export type ChainStep = ChainWork['step']

/** A journaled step: carried out in the order of `id`, exactly once. */
export type ChainTask = {
  readonly id: number
  readonly round: number
  readonly work: ChainWork
  readonly done: boolean
  /** Tries so far. */
  readonly attempts: number
  /** Sentence of the last failure. */
  readonly error?: string
  readonly hash?: string
  readonly gas: number
  /** Time spent in transactions, not in waiting for a window. */
  readonly seconds: number
  /** The round paid nobody: the chain voided it. */
  readonly voided: boolean
}
