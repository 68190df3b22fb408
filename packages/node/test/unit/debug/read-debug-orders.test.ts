import { describe, expect, it } from 'vitest'
import type { FaultDeed } from '../../../src/debug/parse-fault-orders.ts'
import { reachingAfter } from '../../../src/debug/reaching-after.ts'
import { readDebugOrders } from '../../../src/debug/read-debug-orders.ts'

const NOON = 1_700_000_000_000

function read(env: Record<string, string>) {
  const deeds: FaultDeed[] = []
  return { deeds, ...readDebugOrders(env, { act: (deed) => deeds.push(deed), now: () => NOON }) }
}

describe('readDebugOrders', () => {
  it('changes nothing without orders', () => {
    const { reach, now } = read({})
    expect(reach).toBeUndefined()
    expect(now()).toBe(NOON)
  })

  it('does a deed at its occurrence of its step and at no other', () => {
    const { reach, deeds } = read({
      FEDNODE_DEBUG_FAULTS: 'kill@silo.trained:2,freeze@blob.committed:1',
    })
    reach?.('silo.trained')
    expect(deeds).toEqual([])
    reach?.('blob.committed')
    expect(deeds).toEqual(['freeze'])
    reach?.('silo.trained')
    reach?.('silo.trained')
    expect(deeds).toEqual(['freeze', 'kill'])
  })

  it('sets the clock off by as much as asked', () => {
    expect(read({ FEDNODE_DEBUG_CLOCK_OFFSET_MS: '-600000' }).now()).toBe(NOON - 600_000)
  })

  it.each([
    'kill@silo.tained:1',
    'kill@silo.trained:0',
    'kill@silo.trained',
    'burn@silo.trained:1',
    ',',
  ])('refuses the order %s', (text) => {
    expect(() => read({ FEDNODE_DEBUG_FAULTS: text })).toThrow(
      expect.objectContaining({ code: 'BAD_FAULT_ORDER' }),
    )
  })

  it('refuses an offset that is no number', () => {
    expect(() => read({ FEDNODE_DEBUG_CLOCK_OFFSET_MS: '10m' })).toThrow(
      expect.objectContaining({ code: 'BAD_CLOCK_OFFSET' }),
    )
  })
})

describe('reachingAfter', () => {
  it('tells of a call when its promise has resolved, and of none that fails', async () => {
    const told: string[] = []
    const target = {
      async save(name: string) {
        if (name === 'bad') throw new RangeError(name)
        told.push(`saved ${name}`)
        return name.length
      },
      other: () => 1,
    }
    const observed = reachingAfter(target, { save: () => 'silo.trained' }, (step) => {
      told.push(step)
    })
    expect(await observed.save('good')).toBe(4)
    await expect(observed.save('bad')).rejects.toThrow(RangeError)
    expect(observed.other()).toBe(1)
    expect(told).toEqual(['saved good', 'silo.trained'])
  })
})
