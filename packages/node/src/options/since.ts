import type { ValueType } from '../framework/value-type.ts'

/** A moment: Unix seconds, or so many seconds before the chain's head. */
export type Since =
  | { readonly kind: 'at'; readonly time: number }
  | { readonly kind: 'ago'; readonly seconds: number }

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }
const AGO = /^(\d{1,6})([smhd])$/
const AT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?$/

/** 30m, 24h, 7d; or a moment in UTC such as 2026-11-21 or 2026-11-21T10:30. */
export const since: ValueType<Since> = {
  placeholder: 'WHEN',
  expected: 'a stretch such as 30m, 24h or 7d, or a moment in UTC such as 2026-11-21T10:30',
  parse: (text) => {
    const [, count, unit = ''] = AGO.exec(text) ?? []
    if (count !== undefined) return { kind: 'ago', seconds: Number(count) * (UNITS[unit] ?? 0) }
    if (!AT.test(text)) return undefined
    // A date alone is UTC already; a time without a zone would be local.
    const time = Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text)
    // 30 February is no day, but the parser makes the second of March of it.
    if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text.slice(0, 10))) {
      return undefined
    }
    return { kind: 'at', time: time / 1_000 }
  },
}
