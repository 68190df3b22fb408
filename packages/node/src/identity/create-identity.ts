import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { ACCOUNT_KEY_FILE, type Identity, PEER_KEY_FILE } from './identity.ts'
import { writeKeyFile } from './key-file.ts'
import { loadIdentity } from './load-identity.ts'

const PRIVATE_DIRECTORY = 0o700
const KEY_BYTES = 32

/**
 * Makes the keys that a data directory lacks; a key that is there stays.
 * @returns the identity, and which files are new.
 * @throws {UserError} as loadIdentity.
 */
export async function createIdentity(
  directory: string,
): Promise<{ readonly identity: Identity; readonly created: readonly string[] }> {
  const created = await createKeys(directory, [PEER_KEY_FILE, ACCOUNT_KEY_FILE])
  return { identity: await loadIdentity(directory), created }
}

/** Makes a data directory and those of the named key files that it lacks. @returns the names of the new ones. */
export async function createKeys(
  directory: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const isNew = (await mkdir(directory, { recursive: true, mode: PRIVATE_DIRECTORY })) !== undefined
  // mkdir's mode passes through the umask, and parents get it too.
  if (isNew) await chmod(directory, PRIVATE_DIRECTORY)
  const created: string[] = []
  for (const name of names) {
    const file = path.join(directory, name)
    if (await exists(file)) continue
    await writeKeyFile(file, randomBytes(KEY_BYTES))
    created.push(name)
  }
  return created
}

/** Whether there is anything at a path. */
export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
