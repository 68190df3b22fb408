import { existsSync } from 'node:fs'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { readSiloRounds } from '../../silo/read-silo-journal.ts'
import { type Applicant, registrationOf } from './register-silo.ts'
import { showSilo } from './show-silo.ts'

/**
 * A silo that is started again when all is done, as a service manager does, is told so and where its model is; that is no failure.
 * @returns whether nothing is left to do.
 * @throws {UserError} SCENARIO_CLOSED (refused) for whoever cannot take part any more and has no model.
 */
export function sayWhenOver(
  { paths, applicant }: { readonly paths: ScenarioPaths; readonly applicant: Applicant },
  context: Context,
): boolean {
  const { plan, name, dir } = applicant
  // Written after the last round only.
  if (existsSync(paths.model)) {
    if (!context.json) context.stderr.write(`The federation "${plan.manifest.name}" is over.\n`)
    const view = showSilo(context, { name, rounds: plan.manifest.rounds.count })
    view.onEvent({ type: 'finished', model: paths.model })
    return true
  }
  if (plan.state.phase !== 'closed') return false
  const took = readSiloRounds(paths.directory) !== undefined && registrationOf(applicant)
  throw new UserError('refused', `the federation "${plan.manifest.name}" is over`, {
    code: 'SCENARIO_CLOSED',
    ...(took ? { hint: `fednode run show --dir ${dir}  tells what this silo did in it.` } : {}),
  })
}
