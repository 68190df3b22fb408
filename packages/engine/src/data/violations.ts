import type { UserError } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { Fault, FaultRule } from './fault.ts'

/** All cells of one column that are wrong in the same way. */
export type Violation = {
  readonly column: string
  readonly rule: FaultRule
  /** Cells. */
  readonly count: number
  /** Numbers of the first ten rows, from 1, the first after the header. */
  readonly rows: readonly number[]
  /** What is wrong, without a value of the data. */
  readonly rough: string
  /** What is wrong with the first of them, its text included. */
  readonly problem: string
  /** What to do; may hold the text. */
  readonly hint: string
}

/** Counts what is wrong in a file while its rows pass; holds ten rows and one text of each kind, whatever the file's size. */
export type Violations = {
  add(fault: Fault, row: number, text: string): void
  /** Cells that are wrong. */
  total(): number
  /** In the order in which they first occur. */
  list(): readonly Violation[]
  /** The first wrong cell as an error; undefined when there is none. */
  firstError(file: string): UserError | undefined
}

const FIRST_ROWS = 10
/** A cell may have megabytes. */
const MAX_KEPT_CHARACTERS = 80

type Entry = { readonly text: string; readonly rows: number[]; count: number }

/** An empty list. */
export function createViolations(): Violations {
  const entries = new Map<Fault, Entry>()
  const total = (): number => [...entries.values()].reduce((sum, { count }) => sum + count, 0)
  return {
    add(fault, row, text) {
      const known = entries.get(fault)
      if (known === undefined) {
        entries.set(fault, { text: text.slice(0, MAX_KEPT_CHARACTERS), rows: [row], count: 1 })
        return
      }
      known.count++
      if (known.rows.length < FIRST_ROWS) known.rows.push(row)
    },
    total,
    list: () => [...entries].map(([fault, entry]) => describe(fault, entry)),
    firstError(file) {
      const [first] = entries
      if (first === undefined) return undefined
      const [fault, { text, rows }] = first
      const others = total() - 1
      const more =
        others === 0 ? '' : ` ${others} more cells are wrong:  fednode data check  lists them.`
      const message = `${file}: ${fault.where} row ${rows[0]}: ${fault.problem(text)}`
      return dataError(fault.code, message, { hint: `${fault.hint(text)}${more}` })
    },
  }
}

function describe(fault: Fault, { text, rows, count }: Entry): Violation {
  const { column, rule, rough } = fault
  const problem = fault.problem(text)
  return { column, rule, count, rows, rough, problem, hint: fault.hint(text) }
}
