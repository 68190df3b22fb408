import { expect, it } from 'vitest'
import { survive } from '../faults/harness/survive.ts'

const TERMS = { silos: 2, rounds: 2 }
const TIMEOUT_MS = 120_000
/** Each process kills itself here in its first life (`pnpm test:faults` does it at every step). */
const ORDERS = ['kill@aggregator.update-journaled:2', 'kill@silo.update-journaled:1']

it('T44: a silo and an aggregator that are killed in a round go on with it after their restart, and nothing counts twice', async () => {
  const left = [...ORDERS]
  const killed: string[] = []
  const fault = await survive(TERMS, () => ({
    timeoutMs: TIMEOUT_MS,
    envOf: ({ name }) => {
      const role = name === 'aggregator' ? 'aggregator' : 'silo'
      const index = left.findIndex((order) => order.startsWith(`kill@${role}.`))
      const [order] = index < 0 ? [] : left.splice(index, 1)
      return order === undefined ? {} : { FEDNODE_DEBUG_FAULTS: order }
    },
    onKilled: ({ name }) => killed.push(name),
  }))
  expect(fault).toBeUndefined()
  expect(killed.sort()).toEqual(['aggregator', 'silo-1'])
})
