import type { DataCheck, DataReport, Violation } from '@fednode/engine'

/** A violation as --json shows it: with --no-values nothing that stands in a cell. */
export type ShownViolation = Omit<Violation, 'problem' | 'hint'> &
  Partial<Pick<Violation, 'problem' | 'hint'>>

/** What a check shows. */
export type ShownCheck = Omit<DataCheck, 'violations'> & {
  readonly violations: readonly ShownViolation[]
}

/** A check without anything that stands in the rows: no cells, no least, largest or mean numbers. Counts stay. */
export function withoutValues({ report, violations, suspicions }: DataCheck): ShownCheck {
  const { label, columns, ...counts } = report
  return {
    report: {
      ...counts,
      columns: columns.map(withoutNumbers),
      ...(label === undefined ? {} : { label: withoutNumbers(label) }),
    },
    violations: violations.map(({ problem, hint, ...rough }) => rough),
    suspicions,
  }
}

function withoutNumbers({
  min,
  max,
  mean,
  ...column
}: DataReport['columns'][number]): DataReport['columns'][number] {
  return column
}
