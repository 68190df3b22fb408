import type { Logger } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { createLogger } from '../../../src/runtime/logger.ts'

/** What a logger writes while `use` runs. */
function writtenBy(level: string, use: (logger: Logger) => void): string {
  const lines: string[] = []
  use(createLogger({ level }, { write: (line) => void lines.push(line) }))
  return lines.join('')
}

function logged(level: string, fields: Record<string, unknown>): string {
  return writtenBy(level, (logger) =>
    logger.child({ part: 'test' }).warn(fields, 'something happened'),
  )
}

const SECRET = 'c0ffee'.repeat(10)

test('a line is JSON with level, time, part and message', () => {
  expect(JSON.parse(logged('info', { round: 3 }))).toMatchObject({
    level: 'warn',
    part: 'test',
    round: 3,
    msg: 'something happened',
  })
})

test('a level that is switched off writes nothing', () => {
  expect(logged('error', {})).toBe('')
  expect(logged('silent', {})).toBe('')
})

test.each([
  ['privateKey', { privateKey: SECRET }],
  ['private_key', { private_key: SECRET }],
  ['a nested key', { wallet: { account: { privateKey: SECRET } } }],
  ['a list of keys', { keys: [{ secretKey: SECRET }] }],
  ['a mnemonic', { Mnemonic: SECRET }],
  ['a password', { rpc: { password: SECRET } }],
  ['raw bytes', { anything: new TextEncoder().encode(SECRET) }],
  ['peerKey', { peerKey: { seed: SECRET } }],
])('T41: %s is not written', (_, fields) => {
  const text = logged('debug', fields)
  expect(text).not.toContain(SECRET)
  expect(text).toContain('something happened')
})

test('T41: the fields of a child logger are redacted too', () => {
  const text = writtenBy('info', (logger) => {
    logger.child({ privateKey: SECRET }).child({ password: SECRET }).info({}, 'hello')
  })
  expect(text).toContain('hello')
  expect(text).not.toContain(SECRET)
})

test('T23: control and bidi characters do not reach a terminal through the log', () => {
  const text = logged('info', { reason: 'a\u001b[31m\u202eb' })
  for (const character of ['\u001b', '\u202e']) expect(text).not.toContain(character)
})

test('an error shows its code and its cause', () => {
  const error = new TypeError('outer', { cause: new RangeError('inner') })
  expect(JSON.parse(logged('info', { error })).error).toMatchObject({
    name: 'TypeError',
    message: 'outer',
    cause: { name: 'RangeError', message: 'inner' },
  })
})

test('deep and cyclic fields end', () => {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  expect(logged('info', { cyclic })).toContain('[deep]')
})
