import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '@fednode/protocol'
import { askSecret } from '../framework/ask-secret.ts'
import type { Context } from '../framework/context.ts'
import { checkPrivate } from './private-file.ts'

/** Longer than anybody's password. */
const MAX_PASSWORD_BYTES = 1_024

/** Where passwords come from: a file, else a person. */
export type PasswordRequest = {
  /** Absolute; a file that only its owner may access, or a pipe. */
  readonly passwordFile: string | undefined
  /** What the person is asked. */
  readonly question: string
}

/**
 * The first line of a file or what a person types unseen; never a flag's value, which every user of the machine can read (T41).
 * @throws {UserError} usage: PASSWORD_NEEDED where there is neither; EMPTY_PASSWORD; KEY_NOT_PRIVATE; BAD_PASSWORD_FILE.
 */
export async function readPassword(
  { passwordFile, question }: PasswordRequest,
  context: Context,
): Promise<string> {
  const password =
    passwordFile === undefined
      ? await askSecret(context, question)
      : await readPasswordFile(passwordFile, context.env.CREDENTIALS_DIRECTORY)
  if (password === undefined) {
    throw new UserError('usage', 'a password is needed, and there is no terminal to ask on', {
      code: 'PASSWORD_NEEDED',
      hint: 'Give  --password-file FILE  or a pipe:  --password-file /dev/fd/3 3< <(your password manager)',
    })
  }
  if (password !== '') return password
  const what = passwordFile === undefined ? 'no password was given' : `${passwordFile}: is empty`
  throw new UserError('usage', what, { code: 'EMPTY_PASSWORD' })
}

async function readPasswordFile(file: string, credentials: string | undefined): Promise<string> {
  const handle = await open(file, constants.O_RDONLY).catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) throw unreadable(file)
    // A pipe has no other readers.
    if (stat.isFile()) checkPrivate(file, stat, credentials)
    const [line = ''] = (await readBounded(handle, file)).split(/\r?\n/)
    return line
  } finally {
    await handle.close()
  }
}

async function readBounded(handle: FileHandle, file: string): Promise<string> {
  const bytes = Buffer.alloc(MAX_PASSWORD_BYTES + 1)
  let size = 0
  for (;;) {
    const { bytesRead } = await handle.read(bytes, size, bytes.length - size, null)
    if (bytesRead === 0) return bytes.toString('utf8', 0, size)
    size += bytesRead
    if (size > MAX_PASSWORD_BYTES) {
      throw new UserError('usage', `${file}: is longer than ${MAX_PASSWORD_BYTES} bytes`, {
        code: 'BAD_PASSWORD_FILE',
      })
    }
  }
}

function unreadable(file: string, cause?: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'a folder'
  return new UserError('usage', `${file}: cannot be read as a password file (${code})`, {
    code: 'BAD_PASSWORD_FILE',
    cause,
  })
}
