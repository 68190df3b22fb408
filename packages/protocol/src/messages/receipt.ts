import { z } from 'zod'
import { cidField, roundOrStatistics, scopeFields, siloField } from './fields.ts'
import { REFUSAL_CODES, type Receipt } from './types.ts'

/** Wire schema of Receipt: a code exactly when refused. */
export const receiptSchema: z.ZodType<Receipt> = z
  .strictObject({
    ...scopeFields,
    round: roundOrStatistics,
    type: z.literal('receipt'),
    silo: siloField,
    update: cidField,
    accepted: z.boolean(),
    code: z.enum(REFUSAL_CODES).exactOptional(),
  })
  .refine(({ accepted, code }) => accepted === (code === undefined), 'a code exactly when refused')
