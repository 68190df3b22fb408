import { ChainError } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { whileChainIsAway } from '../../../src/runtime/while-chain-is-away.ts'

function world() {
  const controller = new AbortController()
  const warned: object[] = []
  const logger = { warn: (facts: object) => void warned.push(facts) }
  return { controller, warned, deps: { signal: controller.signal, logger } }
}

const away = (): ChainError => new ChainError('the chain does not answer', { code: 'RPC_FAILED' })

test('a step that no node answers is done again until one does, and that is said once', async () => {
  const { deps, warned } = world()
  let tries = 0
  const answer = await whileChainIsAway(deps, async () => {
    if (++tries < 3) throw away()
    return 'answer'
  })
  expect([answer, tries, warned]).toEqual(['answer', 3, [{ reason: 'the chain does not answer' }]])
})

test('any other failure ends it at once', async () => {
  const { deps, warned } = world()
  const refused = new ChainError('no', { code: 'CHAIN_FAILED' })
  await expect(whileChainIsAway(deps, () => Promise.reject(refused))).rejects.toBe(refused)
  expect(warned).toEqual([])
})

test('a stop ends the waiting', async () => {
  const { deps, controller } = world()
  const waiting = whileChainIsAway(deps, () => Promise.reject(away()))
  controller.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
})
