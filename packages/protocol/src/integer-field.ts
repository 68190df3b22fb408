import { z } from 'zod'

/** Schema of an integer from `min` to `max`, both included; its error says just that. */
export function integer(min: number, max: number): z.ZodType<number> {
  const error = `an integer from ${min} to ${max}`
  return z.int({ error }).min(min, { error }).max(max, { error })
}
