import { expect, test } from 'vitest'
import { createReadiness } from '../../../src/metrics/readiness.ts'

test('a daemon is ready when every need is met, and not before anybody can tell', async () => {
  const readiness = createReadiness(['chain', 'data'])
  expect(await readiness.report()).toEqual({
    status: 'unready',
    checks: { chain: false, data: false },
  })
  readiness.meet('data', () => true)
  readiness.meet('chain', async () => true)
  expect(await readiness.report()).toEqual({
    status: 'ready',
    checks: { chain: true, data: true },
  })
})

test('a check that fails or never answers is a need that is not met', async () => {
  const readiness = createReadiness(['chain', 'disk'], { timeoutMs: 50 })
  readiness.meet('chain', () => new Promise(() => {}))
  readiness.meet('disk', () => Promise.reject(new Error('gone')))
  expect(await readiness.report()).toEqual({
    status: 'unready',
    checks: { chain: false, disk: false },
  })
})
