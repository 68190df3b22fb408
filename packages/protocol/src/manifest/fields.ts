import { z } from 'zod'
import { printable } from '../printable.ts'

const AMOUNT = /^(0|[1-9]\d{0,14})(\.\d{1,18})?$/

/** A map with exactly these keys; its errors name them. */
export function mapOf<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `one of the keys ${keys}` : `a map with the keys ${keys}`,
  })
}

/** One line of text that shows as it is: no control, bidi or invisible characters (T23). */
export function line(minLength: number, maxLength: number): z.ZodType<string> {
  const expected = `a line of ${minLength} to ${maxLength} characters (in quotes where YAML reads something else)`
  return z
    .string({ error: expected })
    .refine((text) => text.length >= minLength && text.length <= maxLength, expected)
    .refine(
      (text) => printable(text, maxLength) === text,
      'plain text without control characters or outer spaces',
    )
}

/** A finite number from `min` to `max`. */
export function real(min: number, max: number): z.ZodType<number> {
  const error = `a number from ${min} to ${max}`
  return z.number({ error }).min(min, { error }).max(max, { error })
}

/** A finite number above 0 and up to `max`. */
export function positive(max: number): z.ZodType<number> {
  const error = `a number above 0, at most ${max}`
  return z.number({ error }).positive({ error }).max(max, { error })
}

/** A decimal amount of whole tokens or currency: up to 15 digits before and 18 after the point. */
export const amount: z.ZodType<string> = z
  .string({ error: 'an amount such as "100.5"' })
  .regex(AMOUNT, { error: 'an amount such as "100.5" (no sign, exponent or leading zeros)' })

/** An EVM address; one spelling only, because it is hashed into the manifest's CID. */
export const address: z.ZodType<string> = z
  .string({ error: 'an address such as "0x00…aa"' })
  .regex(/^0x[0-9a-f]{40}$/, { error: 'an address: 0x and 40 lower-case hex digits' })

/** One of some words. */
export function word<const Words extends readonly string[]>(
  words: Words,
): z.ZodType<Words[number]> {
  return z.enum(words, { error: oneOf(words) })
}

/** A map whose keys say which schema it has to fit; its issues are those of that schema, at their own paths. */
export function chosen<Value>(choose: (value: object) => z.ZodType<Value>): z.ZodType<Value> {
  return z.unknown().transform((value, context) => {
    const schema = choose(typeof value === 'object' && value !== null ? value : {})
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    context.issues.push(...(parsed.error.issues as unknown as typeof context.issues))
    return z.NEVER
  })
}

/** A list of `min` to `max` items. */
export function list<Item>(item: z.ZodType<Item>, min: number, max: number): z.ZodType<Item[]> {
  const error = `a list of ${min} to ${max} items`
  return z.array(item, { error }).min(min, { error }).max(max, { error })
}

/** "one of …", for messages. */
export function oneOf(words: readonly string[]): string {
  const quoted = words.map((text) => `"${text}"`)
  return quoted.length === 1 ? String(quoted[0]) : `one of ${quoted.join(', ')}`
}
