import { address, type ValueType } from '../framework/value-type.ts'

/** What a data directory keeps something of: a federation by its Scenario's address, or an alliance or task as people write it. */
export type RunName = `0x${string}` | `alliance:${string}` | `arena:${string}`

/** `0x…`, `alliance:1` or `arena:3`. */
export const runName: ValueType<RunName> = {
  placeholder: 'RUN',
  expected: 'an address (0x and 40 hex digits), alliance:NUMBER or arena:NUMBER',
  parse: (value) => {
    const isPlace = /^(alliance|arena):(0|[1-9]\d{0,14})$/.test(value)
    // The pattern admits these forms only.
    return isPlace ? (value as RunName) : address.parse(value)
  },
}
