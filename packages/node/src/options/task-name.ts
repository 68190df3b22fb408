import type { ValueType } from '../framework/value-type.ts'

/** A task as people write it: whose it is, and its number there. */
export type TaskName = {
  readonly owner: 'arena' | 'alliance' | `0x${string}`
  readonly number: bigint
}

/** `arena:3`, `alliance:0`, or `0x…:3` for a task of another contract. */
export const taskName: ValueType<TaskName> = {
  placeholder: 'TASK',
  expected: 'a task such as arena:3, alliance:0 or 0x and 40 hex digits:3',
  parse: (value) => {
    const [, owner = '', number = ''] =
      /^(arena|alliance|0x[0-9a-fA-F]{40}):(\d{1,15})$/.exec(value) ?? []
    if (owner === '') return undefined
    // The pattern admits these three forms only.
    return { owner: owner.toLowerCase() as TaskName['owner'], number: BigInt(number) }
  },
}
