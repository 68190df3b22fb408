import { describe, expect, it } from 'vitest'
import { plannedAttack } from '../../../../src/commands/up/planned-attack.ts'
import { markAttackers } from '../../../../src/local/mark-attackers.ts'
import type { PlannedSilo } from '../../../../src/local/plan.ts'

const silos = ['a', 'b', 'c'].map((name) => ({ name, file: '', flippedShare: 0 }) as PlannedSilo)

describe('plannedAttack', () => {
  it('is none when nobody asks for one', () => {
    expect(plannedAttack({}, 5)).toBeUndefined()
    expect(markAttackers(silos, undefined)).toBe(silos)
  })

  it('is of one silo, or of two where they need each other, unless the user says how many', () => {
    expect(plannedAttack({ attack: 'ipm' }, 5)).toEqual({ name: 'ipm', attackers: 1 })
    expect(plannedAttack({ attack: 'alie' }, 5)).toEqual({ name: 'alie', attackers: 2 })
    expect(plannedAttack({ attack: 'ipm', attackers: 4 }, 9)?.attackers).toBe(4)
  })

  it('is made by the last silos', () => {
    const marked = markAttackers(silos, { name: 'replay', attackers: 1 })
    expect(marked.map(({ attack }) => attack)).toEqual([undefined, undefined, 'replay'])
  })
})
