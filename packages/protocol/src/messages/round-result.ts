import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_SILOS } from '../limits.ts'
import { SHARE_UNITS } from '../shares.ts'
import { blobRefField, count, quantity, scopeFields, siloField } from './fields.ts'
import { metricsSchema } from './metrics-schema.ts'
import type { RoundResult } from './types.ts'

const contributionSchema = z.strictObject({
  silo: siloField,
  shapleyPico: quantity,
  standardErrorPico: count,
  withoutPico: quantity.exactOptional(),
  share: integer(0, SHARE_UNITS),
})

/** Wire schema of RoundResult: every silo at most once; shares sum to the whole pot, or to nothing in a void round. */
export const roundResultSchema: z.ZodType<RoundResult> = z
  .strictObject({
    ...scopeFields,
    type: z.literal('round-result'),
    model: blobRefField,
    evidence: blobRefField,
    metrics: metricsSchema,
    lossPico: quantity,
    utilityBeforePico: quantity,
    utilityAfterPico: quantity,
    contributions: z.array(contributionSchema).max(MAX_SILOS),
    last: z.boolean(),
  })
  .refine(
    ({ contributions }) =>
      new Set(contributions.map(({ silo }) => silo)).size === contributions.length,
    'every silo at most once',
  )
  .refine(
    ({ contributions }) => isWholeOrNothing(contributions),
    `shares that sum to ${SHARE_UNITS} or 0`,
  )

function isWholeOrNothing(contributions: readonly { share: number }[]): boolean {
  const sum = contributions.reduce((total, { share }) => total + share, 0)
  return sum === SHARE_UNITS || sum === 0
}
