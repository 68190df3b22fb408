import { readCsv } from './read-csv.ts'

const STATE = 'addr_state'
const LABEL = 'Class'
/** Columns that are words, and how each becomes numbers. */
const WORDS: Readonly<Record<string, (text: string) => number[]>> = {
  term: (text) => [text === 'term_60' ? 1 : 0],
  sub_grade: (text) => [5 * 'ABCDEFG'.indexOf(text.slice(0, 1)) + Number(text.slice(1))],
  verification_status: (text) => [text === 'Verified' ? 1 : 0, text === 'Not_Verified' ? 1 : 0],
  emp_length: (text) => [yearsEmployed(text), text === 'emp_unk' ? 1 : 0],
}

/** One loan: 23 features, not scaled. */
export type Loan = {
  /** Of the borrower: "CA". */
  readonly state: string
  readonly features: readonly number[]
  /** 1: bad. */
  readonly label: number
}

/** All 9,857 loans, in the order of the file. */
export function loadLendingClub(): readonly Loan[] {
  const [header = [], ...rows] = readCsv('lending-club', 'lending_club.csv.gz')
  const state = header.indexOf(STATE)
  const label = header.indexOf(LABEL)
  return rows.map((cells) => ({
    state: cells[state] ?? '',
    label: cells[label] === 'bad' ? 1 : 0,
    features: header.flatMap((name, column) => {
      if (column === state || column === label) return []
      const cell = cells[column] ?? ''
      return WORDS[name]?.(cell) ?? [Number(cell)]
    }),
  }))
}

/** "emp_lt_1" is 0, "emp_ge_10" is 10, unknown is 0 and has a column of its own. */
function yearsEmployed(text: string): number {
  if (text === 'emp_ge_10') return 10
  return Number(/^emp_(\d+)$/.exec(text)?.[1] ?? 0)
}
