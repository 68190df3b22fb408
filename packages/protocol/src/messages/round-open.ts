import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_SILOS } from '../limits.ts'
import { blobRefField, bytes32Field, cidField, count, scopeFields } from './fields.ts'
import type { RoundOpen } from './types.ts'

const sampleField = z
  .strictObject({
    clients: integer(1, MAX_SILOS),
    drawn: z
      .array(integer(0, MAX_SILOS - 1))
      .min(1)
      .max(MAX_SILOS),
  })
  .refine(
    ({ clients, drawn }) =>
      drawn.every((index, i) => index < clients && (i === 0 || (drawn[i - 1] ?? index) < index)),
    'indexes of clients, ascending, each once',
  )

/** Wire schema of RoundOpen. */
export const roundOpenSchema: z.ZodType<RoundOpen> = z.strictObject({
  ...scopeFields,
  type: z.literal('round-open'),
  manifest: cidField,
  model: blobRefField,
  control: blobRefField.exactOptional(),
  commitment: bytes32Field,
  block: z.strictObject({ number: count, hash: bytes32Field, isHead: z.boolean() }),
  sample: sampleField.exactOptional(),
  deadline: count,
})
