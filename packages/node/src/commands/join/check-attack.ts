import { LOCAL_CHAIN_ID } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { JoinOptions } from './handler.ts'

/**
 * Attacks are simulated where nobody else can be harmed.
 * @throws {UserError} ATTACK_NOT_LOCAL (usage) on any chain but the local one.
 */
export function checkAttack(
  { simulateAttack }: Pick<JoinOptions, 'simulateAttack'>,
  chainId: number,
): void {
  if (simulateAttack === undefined || chainId === LOCAL_CHAIN_ID) return
  throw new UserError(
    'usage',
    `--simulate-attack ${simulateAttack} is for the local chain ${LOCAL_CHAIN_ID}, this is chain ${chainId}`,
    {
      code: 'ATTACK_NOT_LOCAL',
      hint: 'It harms the federation on purpose. Leave it out to take part.',
    },
  )
}
