import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_SILOS } from '../limits.ts'
import { blobRefField, bytes32Field, cidField, count, scopeFields } from './fields.ts'
import type { RoundOpen } from './types.ts'

const indexes = z
  .array(integer(0, MAX_SILOS - 1))
  .min(1)
  .max(MAX_SILOS)
  .refine(
    (list) => list.every((index, i) => i === 0 || (list[i - 1] ?? index) < index),
    'ascending, each once',
  )

const sampleField = z
  .strictObject({
    clients: integer(1, MAX_SILOS),
    ignored: indexes.exactOptional(),
    drawn: indexes,
  })
  .refine(
    ({ clients, ignored = [], drawn }) =>
      [...ignored, ...drawn].every((index) => index < clients) &&
      drawn.every((index) => !ignored.includes(index)),
    'indexes of clients, nobody of them ignored and drawn',
  )

/** Wire schema of RoundOpen. */
export const roundOpenSchema: z.ZodType<RoundOpen> = z.strictObject({
  ...scopeFields,
  type: z.literal('round-open'),
  manifest: cidField,
  model: blobRefField,
  preprocessing: blobRefField.exactOptional(),
  control: blobRefField.exactOptional(),
  commitment: bytes32Field,
  block: z.strictObject({ number: count, hash: bytes32Field, isHead: z.boolean() }),
  sample: sampleField.exactOptional(),
  deadline: count,
})
