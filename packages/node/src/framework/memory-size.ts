import type { ValueType } from './value-type.ts'

const MIB = 1_048_576
const GIB = 1_073_741_824
const SIZE = /^([1-9]\d{0,5})(MiB|GiB)$/

/** An amount of memory such as 512MiB or 2GiB; the value is in bytes. */
export const memorySize: ValueType<number> = {
  placeholder: 'SIZE',
  expected: 'an amount of memory such as 512MiB or 2GiB',
  parse(value) {
    const [, count, unit] = SIZE.exec(value) ?? []
    return count === undefined ? undefined : Number(count) * (unit === 'GiB' ? GIB : MIB)
  },
}

/** A whole number of mebibytes as memorySize reads it. */
export function sizeText(bytes: number): string {
  return `${bytes / MIB}MiB`
}
