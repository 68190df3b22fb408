import { z } from 'zod'
import {
  blobRefField,
  cidField,
  count,
  quantity,
  roundOrStatistics,
  scopeFields,
  siloField,
} from './fields.ts'
import { metricsSchema } from './metrics-schema.ts'
import type { UpdateReady } from './types.ts'

/** Wire schema of UpdateReady. Whether `samples` is plausible is a rule of the round, with its own refusal code. */
export const updateReadySchema: z.ZodType<UpdateReady> = z.strictObject({
  ...scopeFields,
  round: roundOrStatistics,
  type: z.literal('update-ready'),
  silo: siloField,
  base: cidField,
  update: blobRefField,
  samples: count,
  trainMs: count,
  lossMicros: quantity,
  metrics: metricsSchema.exactOptional(),
})
