import path from 'node:path'
import type { AuditEntry } from '../../audit/audit-entry.ts'
import { AUDIT_FILE, type AuditReading, readAuditLog } from '../../audit/read-audit-log.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import type { runOptions } from '../../options/run.ts'
import type { RunName } from '../../options/run-name.ts'
import { findScenario } from '../../runtime/find-scenario.ts'

/** Whose log. */
export type AuditOptions = {
  readonly directory: string
  readonly scenario: RunName | undefined
}

/** Resolves the directory. */
export function auditInit(
  { dir, scenario }: ArgsOf<typeof runOptions>,
  { cwd }: Context,
): AuditOptions {
  return { directory: path.resolve(cwd, dir), scenario }
}

/** The log of one federation in a data directory, as far as it is intact. @throws {UserError} as findScenario. */
export async function readKeptLog(
  options: AuditOptions,
  onEntry?: (entry: AuditEntry) => void,
): Promise<{
  readonly scenario: `0x${string}`
  readonly file: string
  readonly reading: AuditReading
}> {
  const { scenario, directory } = findScenario(options.directory, options.scenario)
  const file = path.join(directory, AUDIT_FILE)
  return { scenario, file, reading: await readAuditLog(file, onEntry) }
}
