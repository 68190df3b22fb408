import { expect, test } from 'vitest'
import { taskName } from '../../../src/options/task-name.ts'

test('a task is named by its owner and its number there', () => {
  expect(taskName.parse('arena:3')).toEqual({ owner: 'arena', number: 3n })
  expect(taskName.parse('alliance:0')).toEqual({ owner: 'alliance', number: 0n })
  expect(taskName.parse('0x75537828F2ce51be7289709686A69CbFDbB714F1:12')).toEqual({
    owner: '0x75537828f2ce51be7289709686a69cbfdbb714f1',
    number: 12n,
  })
})

test.each(['3', 'arena', 'arena:', 'arena:-1', 'arena:1e3', 'market:3', '0x12:3', 'arena:3:4', ''])(
  '%j names no task',
  (text) => {
    expect(taskName.parse(text)).toBeUndefined()
  },
)
