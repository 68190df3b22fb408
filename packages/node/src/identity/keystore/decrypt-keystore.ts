import { timingSafeEqual } from 'node:crypto'
import { UserError } from '@fednode/protocol'
import { accountAddress } from '../account-address.ts'
import { applyCipher, macOf } from './cipher.ts'
import { deriveKey } from './derive-key.ts'
import type { Keystore } from './keystore.ts'

/**
 * The private key of an encrypted file.
 * @returns 0x-hex of 32 bytes.
 * @throws {UserError} usage: WRONG_PASSWORD; BAD_KEYSTORE when it holds the key of another account than it says.
 */
export async function decryptKeystore(
  keystore: Keystore,
  password: string,
): Promise<`0x${string}`> {
  const { file, kdf, iv, ciphertext, mac } = keystore
  const derivedKey = await deriveKey(kdf, password)
  if (!timingSafeEqual(macOf(derivedKey, ciphertext), mac)) {
    throw new UserError('usage', `${file}: the password is wrong`, {
      code: 'WRONG_PASSWORD',
      hint: 'Or the file was changed since it was written: compare it with a backup.',
    })
  }
  const secret = applyCipher(derivedKey, { iv, bytes: ciphertext })
  const privateKey: `0x${string}` = `0x${Buffer.from(secret).toString('hex')}`
  const address = accountAddress(privateKey, file)
  if (keystore.address !== undefined && keystore.address !== address) {
    throw new UserError(
      'usage',
      `${file}: says that it is ${keystore.address}, but holds the key of ${address}`,
      { code: 'BAD_KEYSTORE', hint: 'Restore it from a backup.' },
    )
  }
  return privateKey
}
