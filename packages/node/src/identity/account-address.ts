import { UserError } from '@fednode/protocol'
import { privateKeyToAddress } from 'viem/accounts'

/**
 * Address of a private key's account, lower-case.
 * @param file - where the key is from, for messages.
 * @throws {UserError} BAD_KEY_FILE (usage) for zero and for what is above the curve's order.
 */
export function accountAddress(privateKey: `0x${string}`, file: string): `0x${string}` {
  try {
    const address = privateKeyToAddress(privateKey)
    return `0x${address.slice(2).toLowerCase()}`
  } catch {
    // The cause is dropped: it may hold the key.
    throw new UserError('usage', `${file}: not a key of the curve secp256k1`, {
      code: 'BAD_KEY_FILE',
    })
  }
}
