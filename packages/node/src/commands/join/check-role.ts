import { UserError } from '@fednode/protocol'
import type { Role } from '../../options/roles.ts'
import type { JoinOptions } from './handler.ts'

/** What is for some roles only; the others would do without it and say nothing. */
const FOR_ROLES = {
  manifest: ['alliance', 'arena-node', 'arena-validator', 'validator'],
  stake: ['alliance', 'arena-node', 'arena-validator', 'validator'],
  simulateAttack: ['silo', 'alliance'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

const TASK = /^arena:\d+$/
const ALLIANCE = /^\d{1,15}$/

const FLAGS = {
  manifest: '--manifest',
  stake: '--stake',
  simulateAttack: '--simulate-attack',
} as const

/**
 * A data directory that was made for something else has that as its role in config.yaml; an option may be for another role.
 * @throws {UserError} usage OTHER_DIRECTORY, BAD_OPTION.
 */
export function checkRole(
  options: Pick<JoinOptions, 'role' | 'dir' | 'federation' | keyof typeof FOR_ROLES>,
): void {
  const { role, dir, federation } = options
  if (role === 'aggregator' || role === 'investor') throw otherDirectory(role, dir)
  checkPlace(role, federation)
  for (const [option, roles] of Object.entries(FOR_ROLES)) {
    // Keys of the very same type.
    const name = option as keyof typeof FOR_ROLES
    if (options[name] === undefined || roles.some((one) => one === role)) continue
    throw new UserError('usage', `${FLAGS[name]} is of no use to --role ${role}`, {
      code: 'BAD_OPTION',
      hint: `It is for ${roles.join(', ')}.`,
    })
  }
}

/** A number is that of an alliance, arena:3 is a task; a silo, which is what nobody says to be, has neither. */
function checkPlace(role: string, federation: string): void {
  const isTask = TASK.test(federation)
  const isAlliance = ALLIANCE.test(federation)
  if (!(role === 'silo' ? isTask || isAlliance : role === 'alliance' && isTask)) return
  const roles = isTask ? '--role arena-node, or arena-validator' : '--role alliance'
  throw new UserError('usage', `"${federation}" is nothing that --role ${role} joins`, {
    code: 'BAD_ARGUMENT',
    hint: `${isTask ? 'A task' : 'An alliance'} is joined with  ${roles}.`,
  })
}

function otherDirectory(role: string, dir: string): UserError {
  return new UserError('usage', `${dir} was made for an ${role} (role in ${dir}/config.yaml)`, {
    code: 'OTHER_DIRECTORY',
    hint: 'fednode init --dir OTHER  makes keys for who joins; or say with --role as what this one does.',
  })
}
