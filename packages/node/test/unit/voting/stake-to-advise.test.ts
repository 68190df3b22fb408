import { ONE_TOKEN } from '@fednode/contracts'
import { expect, it } from 'vitest'
import { stakeToAdvise } from '../../../src/voting/stake-to-advise.ts'

it('a newcomer is advised a tenth more than the least, as it is typed', () => {
  expect(stakeToAdvise(3_000n * ONE_TOKEN)).toBe('3300')
  expect(stakeToAdvise(ONE_TOKEN / 2n)).toBe('0.55')
})
