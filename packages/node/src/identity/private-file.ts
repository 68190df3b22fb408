import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '@fednode/protocol'

/** Owner only. */
const PRIVATE_MODE = 0o600
/** Any access of the group or of others. */
const WIDER_MODE = 0o077

const ROOT = 0
const MODE_BITS = 0o777
/** Read by its owner, and by whom the access list names. */
const LENT_MODE = 0o440

/** What a private file may be at most, and what is said of one that is something else. */
export type PrivateFileLimits = {
  readonly maxBytes: number
  readonly malformed: (file: string) => UserError
  /** Directory in which systemd lends secrets to this service ($CREDENTIALS_DIRECTORY). */
  readonly credentials?: string | undefined
}

/**
 * Writes a new file that its owner only may access (T42), on disk when this returns. Never overwrites (`wx`).
 * @throws {Error} EEXIST when there is a file already.
 */
export async function createPrivateFile(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', PRIVATE_MODE)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Reads a file that only its owner may access (T42); follows no link.
 * @throws {UserError} KEY_MISSING, KEY_NOT_PRIVATE, BAD_KEY_FILE (usage), and `malformed` for a folder or a file that is too long. The message names
 * the path, never the content (T41).
 */
export async function readPrivateFile(
  file: string,
  { maxBytes, malformed, credentials }: PrivateFileLimits,
): Promise<string> {
  // One handle for the check and the read: the file cannot be exchanged in between. No links: a key lies where it says it does.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    throw unreadable(file, error)
  })
  try {
    const stat = await handle.stat()
    checkPrivate(file, stat, credentials)
    if (!stat.isFile() || stat.size > maxBytes) throw malformed(file)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

/** @throws {UserError} KEY_NOT_PRIVATE (usage) when others on this machine may access a file with secrets (T42). */
export function checkPrivate(
  file: string,
  stat: Pick<Stats, 'mode' | 'uid'>,
  credentials?: string,
): void {
  const { mode } = stat
  if ((mode & WIDER_MODE) === 0 || process.platform === 'win32') return
  if (path.dirname(file) === credentials && isLent(stat)) return
  throw new UserError(
    'usage',
    `${file}: others on this machine may access this secret (mode ${(mode & 0o777).toString(8)})`,
    { code: 'KEY_NOT_PRIVATE', hint: `chmod 600 ${file}` },
  )
}

/**
 * A secret that root lets this user read by an access list, as systemd does with LoadCredential: the list's mask shows as the group's bits
 * (acl(5), "Correspondence between ACL entries and file permission bits").
 */
function isLent({ mode, uid }: Pick<Stats, 'mode' | 'uid'>): boolean {
  return uid === ROOT && process.getuid?.() !== ROOT && (mode & MODE_BITS) === LENT_MODE
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
    hint: 'fednode init --dir DIR  makes one; with --keystore FILE, one that a password protects.',
    cause,
  })
}
