import { UserError } from '@fednode/protocol'
import type { JoinOptions } from './handler.ts'

/**
 * A data directory that was made for something else has that as its role in config.yaml.
 * @throws {UserError} usage OTHER_DIRECTORY.
 */
export function checkRole({ role, dir }: Pick<JoinOptions, 'role' | 'dir'>): void {
  if (role !== 'aggregator' && role !== 'investor') return
  throw new UserError('usage', `${dir} was made for an ${role} (role in ${dir}/config.yaml)`, {
    code: 'OTHER_DIRECTORY',
    hint: 'fednode init --dir OTHER  makes keys for who joins; or say with --role as what this one does.',
  })
}
