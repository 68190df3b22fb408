import { z } from 'zod'
import { METRIC_NAMES } from '../manifest/method-names.ts'
import type { MetricName } from '../manifest/types.ts'

/** Metrics as they travel, see metricTexts; which of them there are depends on the task. */
export const metricsSchema: z.ZodType<Partial<Record<MetricName, string>>> = z.partialRecord(
  z.enum(METRIC_NAMES),
  z.string().refine(isNumberText, 'the shortest text of a finite number'),
)

function isNumberText(text: string): boolean {
  return Number.isFinite(Number(text)) && String(Number(text)) === text
}
