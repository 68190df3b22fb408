import { TimeoutError } from 'viem'
import { expect, test } from 'vitest'
import { reasonOf } from '../../src/rpc-transport.ts'

const TIMEOUT = new TimeoutError({ body: {}, url: 'https://rpc.example.org/v3/secret' })

test('says how long an answer was waited for: by a node, and by a signer that may ask a person', () => {
  expect(reasonOf(TIMEOUT)).toBe('no answer in 10 s')
  expect(reasonOf(TIMEOUT, 120_000)).toBe('no answer in 120 s')
})
