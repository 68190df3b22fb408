/** Numbers of unknown count in memory of their own size. */
export type NumberList<Values> = {
  add(value: number): void
  readonly length: number
  /** All of them, in their order; nothing may be added afterwards. */
  finish(): Values
}

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array

const FIRST_LENGTH = 1_024

/** An empty list that doubles when full. @param create - a typed array of so many zeros. */
export function createNumberList<Values extends Numbers>(
  create: (length: number) => Values,
): NumberList<Values> {
  let values = create(FIRST_LENGTH)
  let length = 0
  return {
    add(value) {
      if (length === values.length) {
        const grown = create(2 * length)
        grown.set(values)
        values = grown
      }
      values[length++] = value
    },
    get length() {
      return length
    },
    // A typed array's slice is of its own type.
    finish: () => values.slice(0, length) as Values,
  }
}
