import type { AuditEntry } from '../../../audit/audit-entry.ts'
import type { Outcome } from '../../../framework/command.ts'
import { csvText } from '../../../framework/csv-text.ts'
import { type AuditOptions, auditInit, readKeptLog } from '../kept-log.ts'

const COLUMNS = [
  'seq',
  'at',
  'kind',
  'what',
  'round',
  'id',
  'bytes',
  'to',
  'previous',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[]

export const init = auditInit

export async function run(options: AuditOptions): Promise<Outcome> {
  const entries: AuditEntry[] = []
  const { scenario, file, reading } = await readKeptLog(options, (entry) => entries.push(entry))
  const { brokenAt } = reading
  const rows = entries.map((entry) => COLUMNS.map((column) => String(entry[column] ?? '')))
  return {
    data: { scenario, file, entries, ...(brokenAt === undefined ? {} : { brokenAt }) },
    // The command line ends its output with a newline of its own.
    text: csvText(COLUMNS, rows).trimEnd(),
    ...(brokenAt === undefined ? {} : { fault: 'data' }),
  }
}
