import { UserError } from '@fednode/protocol'
import type { Role } from '../../options/roles.ts'
import type { JoinOptions } from './handler.ts'

/** What is for some roles only; the others would do without it and say nothing. */
const FOR_ROLES = {
  manifest: ['alliance', 'arena-node', 'arena-validator', 'validator'],
  stake: ['alliance', 'arena-node', 'arena-validator', 'validator'],
  simulateAttack: ['silo', 'alliance'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

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
  options: Pick<JoinOptions, 'role' | 'dir' | keyof typeof FOR_ROLES>,
): void {
  const { role, dir } = options
  if (role === 'aggregator' || role === 'investor') throw otherDirectory(role, dir)
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

function otherDirectory(role: string, dir: string): UserError {
  return new UserError('usage', `${dir} was made for an ${role} (role in ${dir}/config.yaml)`, {
    code: 'OTHER_DIRECTORY',
    hint: 'fednode init --dir OTHER  makes keys for who joins; or say with --role as what this one does.',
  })
}
