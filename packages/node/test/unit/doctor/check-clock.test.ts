import { describe, expect, test } from 'vitest'
import { checkClock } from '../../../src/doctor/check-chain.ts'

const NOW = 1_800_000_000_000
const HEAD = NOW / 1_000

describe('the clock against the newest block', () => {
  test.each([
    ['in step', 0, 'PASS'],
    ['a block ahead', 12, 'PASS'],
    ['T14: ten minutes behind the chain', 600, 'FAIL'],
    ['a quiet chain', -120, 'PASS'],
    ['T14: hours after the newest block', -7_200, 'WARN'],
  ])('%s', (_name, offset, status) => {
    const finding = checkClock(HEAD + offset, NOW)
    expect(finding.status).toBe(status)
    expect(finding.fix === undefined).toBe(status === 'PASS')
  })
})
