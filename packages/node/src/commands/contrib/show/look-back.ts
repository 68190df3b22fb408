import { comFedSvOf } from '@fednode/aggregator'
import { UserError } from '@fednode/protocol'
import { readEvidences } from '../../../contribution/read-evidences.ts'
import { classTable } from './class-table.ts'
import { describeClasses } from './describe-classes.ts'
import { describeCompleted } from './describe-completed.ts'
import type { Shown } from './shown.ts'

/** Other values than those that were paid by, computed from the evidence of the rounds. */
export type LookBack = 'comfedsv' | 'class-wise'

/**
 * What the evidence of the shown rounds says besides the values that were paid by.
 * @throws {UserError} BAD_OPTION in a silo's directory, whose journal does not name the bundles; as readEvidences, comFedSvOf and
 * classTable.
 */
export async function lookBack(
  shown: Shown,
  what: LookBack,
): Promise<{ readonly data: object; readonly text: string }> {
  const { role, directory, records, scenario, silos } = shown
  if (role === 'silo') throw withoutEvidence(what)
  const names = new Set(silos.map(({ silo }) => silo))
  const evidences = await readEvidences(directory, records)
  if (what === 'comfedsv') {
    const completed = comFedSvOf(evidences).filter(({ silo }) => names.has(silo))
    return { data: { scenario, completed }, text: describeCompleted(completed, shown) }
  }
  const { classes, silos: all } = await classTable(evidences)
  const table = { classes, silos: all.filter(({ silo }) => names.has(silo)) }
  return { data: { scenario, ...table }, text: describeClasses(table) }
}

function withoutEvidence(what: LookBack): UserError {
  return new UserError('usage', `--values ${what}: a silo's journal does not name the evidence`, {
    code: 'BAD_OPTION',
    hint: 'Give the --dir of the aggregator.',
  })
}
