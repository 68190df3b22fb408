import { z } from 'zod'
import { cidField, count, scopeFields } from './fields.ts'
import { STATISTICS_ROUND, type StatisticsOpen } from './types.ts'

/** Wire schema of StatisticsOpen. */
export const statisticsOpenSchema: z.ZodType<StatisticsOpen> = z.strictObject({
  ...scopeFields,
  round: z.literal(STATISTICS_ROUND),
  type: z.literal('statistics-open'),
  manifest: cidField,
  deadline: count,
})
