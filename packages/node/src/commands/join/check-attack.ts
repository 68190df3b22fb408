import { LOCAL_CHAIN_ID } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { attackName } from '../../options/attack.ts'
import type { JoinOptions } from './handler.ts'

/**
 * Attacks are simulated where nobody else can be harmed.
 * @throws {UserError} usage: ATTACK_NOT_LOCAL on any chain but the local one, BAD_OPTION for an attack that the role has no use for.
 */
export function checkAttack(
  { simulateAttack, role }: Pick<JoinOptions, 'simulateAttack' | 'role'>,
  chainId: number,
): void {
  if (simulateAttack === undefined) return
  if (role !== 'alliance' && attackName.parse(simulateAttack) === undefined) {
    throw new UserError('usage', `--simulate-attack ${simulateAttack} is for --role alliance`, {
      code: 'BAD_OPTION',
      hint: `Others have no votes; they can do ${attackName.expected}.`,
    })
  }
  if (chainId === LOCAL_CHAIN_ID) return
  throw new UserError(
    'usage',
    `--simulate-attack ${simulateAttack} is for the local chain ${LOCAL_CHAIN_ID}, this is chain ${chainId}`,
    {
      code: 'ATTACK_NOT_LOCAL',
      hint: 'It harms the federation on purpose. Leave it out to take part.',
    },
  )
}
