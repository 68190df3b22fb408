import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askYesNo } from '../../../src/framework/ask-yes-no.ts'
import { confirm } from '../../../src/framework/confirm.ts'

function terminal(isTty = { stdin: true, stdout: true, stderr: true }) {
  const stdin = new PassThrough()
  const controller = new AbortController()
  const shown: string[] = []
  const stderr = { write: (text: string) => shown.push(text) }
  return { stdin, stderr, isTty, signal: controller.signal, controller, shown }
}

test.each([
  ['y', 'yes'],
  ['YES', 'yes'],
  [' yes ', 'yes'],
  ['', 'no'],
  ['n', 'no'],
  ['yeah', 'no'],
  ['yes\u0007', 'no'],
])('%j means %s', async (answer, expected) => {
  const context = terminal()
  context.stdin.write(`${answer}\n`)
  expect(await askYesNo(context, 'Take part?')).toBe(expected)
  expect(context.shown).toEqual(['Take part? [y/N] '])
})

test('Ctrl-D is no', async () => {
  const context = terminal()
  context.stdin.end()
  expect(await askYesNo(context, 'Buy?')).toBe('no')
})

test('Ctrl-C is neither: the question ends with the signal', async () => {
  const context = terminal()
  const asking = askYesNo(context, 'Buy?')
  context.controller.abort()
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
})

test.each([
  { stdin: false, stdout: true, stderr: true },
  { stdin: true, stdout: true, stderr: false },
])('nobody is asked where stdin and stderr are not both a terminal: %j', async (isTty) => {
  const context = terminal(isTty)
  expect(await askYesNo(context, 'Buy?')).toBe('nobody')
  expect(context.shown).toEqual([])
  await expect(confirm(context, 'Buy?', 'Add  --yes')).rejects.toMatchObject({
    code: 'NOT_CONFIRMED',
    info: { hint: 'Add  --yes' },
  })
})

test('only a yes confirms', async () => {
  const yes = terminal()
  yes.stdin.write('y\n')
  await confirm(yes, 'Buy?', '')
  const no = terminal()
  no.stdin.write('\n')
  await expect(confirm(no, 'Buy?', '')).rejects.toMatchObject({ code: 'NOT_CONFIRMED' })
})
