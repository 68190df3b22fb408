import type { ValueType } from './value-type.ts'

const KIB = 1_024
const UNITS: Readonly<Record<string, number>> = { KiB: KIB, MiB: KIB ** 2, GiB: KIB ** 3 }
const SIZE = /^([1-9]\d{0,8})(KiB|MiB|GiB)$/

/** An amount of memory such as 512MiB or 2GiB; the value is in bytes. */
export const memorySize: ValueType<number> = {
  placeholder: 'SIZE',
  expected: 'an amount of memory such as 512MiB or 2GiB',
  parse(value) {
    const [, count, unit = ''] = SIZE.exec(value) ?? []
    return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 1)
  },
  show(bytes) {
    const [unit, size] = Object.entries(UNITS).findLast(([, each]) => bytes % each === 0) ?? ['', 1]
    return `${bytes / size}${unit}`
  },
}

/** A whole number of kibibytes as memorySize reads it. */
export function sizeText(bytes: number): string {
  return `${bytes / KIB}KiB`
}
