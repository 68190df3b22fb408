import { UserError } from '@fednode/protocol'
import type { ValueType } from '../framework/value-type.ts'
import { since } from './since.ts'

/** When something ends: so many ms from now, or at a moment in Unix ms. */
export type Expiry =
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'at'; readonly time: number }

const DAY_MS = 86_400_000
const MAX_DAYS = 366
const MS_PER_SECOND = 1_000

/** 12h, 7d, a number of days; or a moment in UTC such as 2026-12-31 (its first) or 2026-12-31T18:00. */
export const expiry: ValueType<Expiry> = {
  placeholder: 'WHEN',
  expected:
    'a stretch such as 30m, 12h or 7d, a number of days, or a moment in UTC such as 2026-12-31 or 2026-12-31T18:00',
  parse(text) {
    const parsed = since.parse(/^\d{1,6}$/.test(text) ? `${text}d` : text)
    if (parsed === undefined) return undefined
    return parsed.kind === 'ago'
      ? { kind: 'after', ms: parsed.seconds * MS_PER_SECOND }
      : { kind: 'at', time: parsed.time * MS_PER_SECOND }
  },
}

/** The moment in Unix ms. @throws {UserError} usage BAD_EXPIRY when it is over, or more than a year away. */
export function momentOf(when: Expiry, now: number): number {
  const time = when.kind === 'at' ? when.time : now + when.ms
  if (time > now && time <= now + MAX_DAYS * DAY_MS) return time
  const moment = Number.isFinite(time) ? new Date(time).toISOString() : String(time)
  throw new UserError('usage', `--expires ${moment} is not within the next ${MAX_DAYS} days`, {
    code: 'BAD_EXPIRY',
    hint: 'Give  12h,  7d  or a moment in UTC, and look at the clock of this machine.',
  })
}
