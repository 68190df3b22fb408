import { z } from 'zod'

/** The wire has no floats: a finite number as its shortest decimal text (ECMAScript Number::toString). */
export const realText: z.ZodType<number, string> = z
  .string()
  .max(32)
  .refine((text) => Number.isFinite(Number(text)) && String(Number(text)) === text)
  .transform(Number)
