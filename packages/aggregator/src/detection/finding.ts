import { MAX_ROUNDS } from '@fednode/protocol'
import { z } from 'zod'
import { siloColumn } from '../journal/columns.ts'

/** What may be wrong with an update that passed every check; see detect-free-riders. */
export const FINDING_CODES = ['NO_OP', 'REPLAY', 'COPY', 'COMBINATION', 'NEAR_DUPLICATE'] as const

/** Form of a finding as it is journaled and stands in the evidence. */
export const findingSchema = z.strictObject({
  code: z.enum(FINDING_CODES),
  silo: siloColumn,
  /** Whose update it resembles. */
  with: siloColumn.exactOptional(),
  /** Round of the update that is repeated; absent: this one. */
  round: z.int().positive().max(MAX_ROUNDS).exactOptional(),
  /** How near it is, in 1e-12: relative distance (NO_OP), residual (COMBINATION), cosine (NEAR_DUPLICATE), 0 for the same bits. */
  measurePico: z.int(),
})

/** An update that adds nothing of its own, and how we know (T32, T33). */
export type Finding = z.infer<typeof findingSchema>
