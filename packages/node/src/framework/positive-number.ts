import type { ValueType } from './value-type.ts'

const DECIMAL = /^\d{1,9}(\.\d{1,12})?(e-\d{1,2})?$/i

/** A number above 0 and up to `most`. */
export const positiveNumber = (placeholder: string, most: number): ValueType<number> => ({
  placeholder,
  expected: `a number above 0, at most ${most}`,
  parse: (value) => {
    if (!DECIMAL.test(value)) return undefined
    const number = Number(value)
    return number > 0 && number <= most ? number : undefined
  },
})
