import { TransportError } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { failureOf } from '../../../src/framework/failure.ts'

test('a peer that is not reached is a network failure that names the other ways', () => {
  const address = '/dns4/fl.example.org/tcp/4001'
  const error = new TransportError(
    `cannot reach ${address} (connection refused, 3 tries in 12.0 s)`,
    { code: 'UNREACHABLE', address, reason: 'connection refused', tries: 3, seconds: 12 },
  )
  expect(failureOf(error, new AbortController().signal)).toEqual({
    code: 'UNREACHABLE',
    message: expect.stringContaining('3 tries in 12.0 s'),
    hint: expect.stringMatching(/\/tls\/ws.*--relay.*fednode doctor/),
    exitCode: 4,
  })
})
