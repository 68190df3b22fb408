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
  ['peerKey', { peerKey: { seed: SECRET } }],
])('T41: %s is not written', (_, fields) => {
  const text = logged('debug', fields)
  expect(text).not.toContain(SECRET)
  expect(text).toContain('something happened')
})

test('T41: raw bytes are counted, not written, in any notation', () => {
  const text = logged('debug', { anything: Uint8Array.of(201, 202, 203), more: Buffer.from('key') })
  expect(JSON.parse(text)).toMatchObject({ anything: '[3 bytes]', more: '[3 bytes]' })
})

test('T41: the fields of a child logger are redacted too', () => {
  const text = writtenBy('info', (logger) => {
    logger.child({ privateKey: SECRET }).child({ password: SECRET }).info({}, 'hello')
  })
  expect(text).toContain('hello')
  expect(text).not.toContain(SECRET)
})

const HOSTILE = ['\u001b', '\u007f', '\u009b', '\u009d', '\u202e', '\u200b', '\u2028']

test.each([
  ['a field', { reason: `a${HOSTILE.join('[31m')}b` }],
  ["a field's name", { [`a${HOSTILE.join('')}b`]: 1, nested: { [HOSTILE.join('')]: 1 } }],
  ['a list', { reasons: HOSTILE }],
  ["an error's message and stack", { error: new TypeError(HOSTILE.join('')) }],
  ["the cause's", { error: new TypeError('x', { cause: new TypeError(HOSTILE.join('')) }) }],
])('T23: control, bidi and invisible characters in %s do not reach a terminal', (_, fields) => {
  const text = logged('info', fields)
  expect(text).toContain('something happened')
  for (const character of HOSTILE) expect(text).not.toContain(character)
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
