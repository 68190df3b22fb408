import { z } from 'zod'
import { blobRefField, cidField, count, scopeFields } from './fields.ts'
import type { RoundOpen } from './types.ts'

/** Wire schema of RoundOpen. */
export const roundOpenSchema: z.ZodType<RoundOpen> = z.strictObject({
  ...scopeFields,
  type: z.literal('round-open'),
  manifest: cidField,
  model: blobRefField,
  deadline: count,
})
