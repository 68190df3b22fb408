import { stat } from 'node:fs/promises'
import path from 'node:path'
import { createPeerKey, type PeerKey, UserError } from '@fednode/protocol'
import { accountAddress } from './account-address.ts'
import { ACCOUNT_KEY_FILE, type Identity, PEER_KEY_FILE } from './identity.ts'
import { readKeyFile } from './key-file.ts'

const WIDER_MODE = 0o077

/**
 * Reads the two keys of a data directory.
 * @throws {UserError} usage: KEY_MISSING, KEY_NOT_PRIVATE, BAD_KEY_FILE, DIRECTORY_NOT_PRIVATE (T42).
 */
export async function loadIdentity(directory: string): Promise<Identity> {
  const peerKey = await loadPeerKey(directory)
  const file = path.join(directory, ACCOUNT_KEY_FILE)
  const secret = Buffer.from(await readKeyFile(file)).toString('hex')
  const account = accountAddress(`0x${secret}`, file)
  return { directory, peerKey, account, exportPrivateKey: () => `0x${secret}` }
}

/** Reads the peer's key of a data directory. @throws {UserError} as loadIdentity. */
export async function loadPeerKey(directory: string): Promise<PeerKey> {
  await checkDirectory(directory)
  return createPeerKey(await readKeyFile(path.join(directory, PEER_KEY_FILE)))
}

async function checkDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch((cause: unknown) => {
    throw new UserError('usage', `${directory}: there is no such data directory`, {
      code: 'KEY_MISSING',
      hint: `fednode init --dir ${directory}`,
      cause,
    })
  })
  if ((found.mode & WIDER_MODE) === 0 || process.platform === 'win32') return
  throw new UserError(
    'usage',
    `${directory}: others on this machine may access this data directory (mode ${(found.mode & 0o777).toString(8)})`,
    { code: 'DIRECTORY_NOT_PRIVATE', hint: `chmod 700 ${directory}` },
  )
}
