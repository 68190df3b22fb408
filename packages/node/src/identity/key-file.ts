import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { UserError } from '@fednode/protocol'

/** Owner only. */
const PRIVATE_MODE = 0o600
/** Any access of the group or of others. */
const WIDER_MODE = 0o077
/** "0x", 64 hex digits, a line end; anything longer is not a key of ours. */
const MAX_KEY_FILE_BYTES = 80
const KEY_TEXT = /^0x[0-9a-f]{64}\s*$/

/**
 * Writes 32 secret bytes as one line of 0x-hex, readable by the owner only. Never overwrites (`wx`).
 * @throws {Error} EEXIST when there is a file already.
 */
export async function writeKeyFile(file: string, secret: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', PRIVATE_MODE)
  try {
    await handle.writeFile(`0x${Buffer.from(secret).toString('hex')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Reads the 32 secret bytes of a key file.
 * @throws {UserError} KEY_MISSING, KEY_NOT_PRIVATE (others on the machine may access it, T42), BAD_KEY_FILE; all usage. The message names the
 * path, never the content (T41).
 */
export async function readKeyFile(file: string): Promise<Uint8Array> {
  // One handle for the check and the read: the file cannot be exchanged in between. No links: a key lies where it says it does.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    throw unreadable(file, error)
  })
  try {
    const stat = await handle.stat()
    if ((stat.mode & WIDER_MODE) !== 0 && process.platform !== 'win32') {
      throw notPrivate(file, stat.mode & 0o777)
    }
    if (!stat.isFile() || stat.size > MAX_KEY_FILE_BYTES) throw malformed(file)
    const text = await handle.readFile('utf8')
    if (!KEY_TEXT.test(text)) throw malformed(file)
    return Uint8Array.from(Buffer.from(text.slice(2, 66), 'hex'))
  } finally {
    await handle.close()
  }
}

function unreadable(file: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code !== 'ENOENT') {
    return new UserError('usage', `${file}: cannot be read (${String(code)})`, {
      code: 'BAD_KEY_FILE',
      cause,
    })
  }
  return new UserError('usage', `${file}: there is no key`, {
    code: 'KEY_MISSING',
    hint: 'fednode init --dir DIR  makes one.',
    cause,
  })
}

function notPrivate(file: string, mode: number): UserError {
  return new UserError(
    'usage',
    `${file}: others on this machine may access this key (mode ${mode.toString(8)})`,
    { code: 'KEY_NOT_PRIVATE', hint: `chmod 600 ${file}` },
  )
}

function malformed(file: string): UserError {
  return new UserError('usage', `${file}: not a key file (one line: 0x and 64 hex digits)`, {
    code: 'BAD_KEY_FILE',
    hint: 'Restore it from a backup; a new key is a new participant.',
  })
}
