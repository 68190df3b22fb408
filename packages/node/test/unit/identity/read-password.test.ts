import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { Context } from '../../../src/framework/context.ts'
import { failureOf } from '../../../src/framework/failure.ts'
import { createKeystore } from '../../../src/identity/create-keystore.ts'
import { readPassword } from '../../../src/identity/read-password.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const NOBODY = { stdin: false, stdout: false, stderr: false }
const SOMEBODY = { stdin: true, stdout: true, stderr: true }

function terminal(isTty = SOMEBODY) {
  const stdin = new PassThrough()
  const shown: string[] = []
  const stderr = { write: (text: string) => shown.push(text) }
  const controller = new AbortController()
  const context: Context = {
    stdin,
    stderr,
    isTty,
    signal: controller.signal,
    stdout: stderr,
    env: {},
    cwd: '/',
    now: () => 0,
    json: false,
    emit: () => {},
    logger: { debug() {}, info() {}, warn() {}, error() {}, child: () => context.logger },
  }
  return { context, stdin, shown, controller }
}

function passwordFile(text: string, mode = 0o600): string {
  const file = path.join(temporaryDirectory(), 'password')
  writeFileSync(file, text, { mode })
  return file
}

function read(file: string | undefined, context = terminal(NOBODY).context): Promise<string> {
  return readPassword({ passwordFile: file, question: 'Password: ' }, context)
}

test.each([
  ['correct horse\n', 'correct horse'],
  ['correct horse', 'correct horse'],
  [' spaces stay \r\nsecond line', ' spaces stay '],
  ['パスワード\n', 'パスワード'],
])('of the file %j the password is %j', async (text, expected) => {
  expect(await read(passwordFile(text))).toBe(expected)
})

test('a pipe gives the password', async () => {
  const directory = temporaryDirectory()
  const pipe = path.join(directory, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
  const writer = spawn('sh', ['-c', `printf 'from a pipe\\n' > "${pipe}"`])
  const ended = once(writer, 'exit')
  expect(await read(pipe)).toBe('from a pipe')
  await ended
})

test.each([
  ['that is empty', '\nrest', 0o600, 'EMPTY_PASSWORD'],
  ['that is too long', 'x'.repeat(1_025), 0o600, 'BAD_PASSWORD_FILE'],
  ['that others may read (T42)', 'secret', 0o640, 'KEY_NOT_PRIVATE'],
])('a password file %s is refused', async (_, text, mode, code) => {
  await expect(read(passwordFile(text, mode))).rejects.toMatchObject({
    code,
    info: { fault: 'usage' },
  })
})

test('a password file that is not there or is a folder is refused', async () => {
  const directory = temporaryDirectory()
  for (const file of [directory, path.join(directory, 'none')]) {
    await expect(read(file)).rejects.toMatchObject({ code: 'BAD_PASSWORD_FILE' })
  }
})

test('without a file and a terminal the way to give a password is told', async () => {
  await expect(read(undefined)).rejects.toMatchObject({
    code: 'PASSWORD_NEEDED',
    info: { fault: 'usage', hint: expect.stringContaining('--password-file') },
  })
})

test('T41: what is typed is not shown', async () => {
  const { context, stdin, shown } = terminal()
  const reading = read(undefined, context)
  stdin.write('hunter22\u007f\n')
  expect(await reading).toBe('hunter2')
  expect(shown.join('')).toBe('Password: \n')
})

test('Ctrl-C, which a silent terminal hands over as a key, interrupts; Ctrl-D gives no password', async () => {
  const interrupted = terminal()
  const reading = read(undefined, interrupted.context)
  interrupted.stdin.write('abc\u0003')
  const error: unknown = await reading.catch((reason: unknown) => reason)
  expect(failureOf(error, interrupted.context.signal)).toMatchObject({
    code: 'INTERRUPTED',
    exitCode: 130,
  })
  const ended = terminal()
  const asking = read(undefined, ended.context)
  ended.stdin.write('\u0004')
  await expect(asking).rejects.toMatchObject({ code: 'EMPTY_PASSWORD' })
})

test('a signal ends the question', async () => {
  const { context, controller } = terminal()
  const reading = read(undefined, context)
  controller.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
})

test('a new password is asked for twice, and nothing is written when the two differ', async () => {
  const { context, stdin, shown } = terminal()
  const file = path.join(temporaryDirectory(), 'k.json')
  const creating = createKeystore(file, undefined, context)
  stdin.write('long enough\n')
  while (!shown.includes('Again: ')) await new Promise(setImmediate)
  stdin.write('long enouhg\n')
  await expect(creating).rejects.toMatchObject({ code: 'PASSWORDS_DIFFER' })
  await expect(
    createKeystore(file, passwordFile('seven77'), terminal(NOBODY).context),
  ).rejects.toMatchObject({ code: 'SHORT_PASSWORD' })
  expect(() => execFileSync('stat', [file], { stdio: 'ignore' })).toThrow()
})
