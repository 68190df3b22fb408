import { describe, expect, it } from 'vitest'
import { checkAttack } from '../../../../src/commands/join/check-attack.ts'

describe('join --simulate-attack', () => {
  it('is refused on every chain but the local one', () => {
    const attack = { simulateAttack: 'sign-flip', role: 'silo' } as const
    expect(() => checkAttack(attack, 1)).toThrow(
      '--simulate-attack sign-flip is for the local chain 31337, this is chain 1',
    )
    expect(() => checkAttack(attack, 31_337)).not.toThrow()
  })

  it('is no matter for a silo that does not attack', () => {
    expect(() => checkAttack({ simulateAttack: undefined, role: 'silo' }, 1)).not.toThrow()
  })

  it('lies and is silent in alliances only', () => {
    const lies = { simulateAttack: 'lying-votes', role: 'silo' } as const
    expect(() => checkAttack(lies, 31_337)).toThrow('is for --role alliance')
    expect(() => checkAttack({ ...lies, role: 'alliance' }, 31_337)).not.toThrow()
  })
})
