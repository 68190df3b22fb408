import { z } from 'zod'
import { blobRefField, bytes32Field, cidField, count, scopeFields } from './fields.ts'
import type { RoundOpen } from './types.ts'

/** Wire schema of RoundOpen. */
export const roundOpenSchema: z.ZodType<RoundOpen> = z.strictObject({
  ...scopeFields,
  type: z.literal('round-open'),
  manifest: cidField,
  model: blobRefField,
  control: blobRefField.exactOptional(),
  commitment: bytes32Field,
  block: z.strictObject({ number: count, hash: bytes32Field, isHead: z.boolean() }),
  deadline: count,
})
