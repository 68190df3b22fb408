import { randomBytes } from 'node:crypto'
import { UserError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { accountAddress } from './account-address.ts'
import { encryptKeystore } from './keystore/encrypt-keystore.ts'
import { createPrivateFile } from './private-file.ts'
import { type PasswordRequest, readPassword } from './read-password.ts'

const KEY_BYTES = 32
/** NIST SP 800-63B, section 3.1.1.2. */
const MIN_PASSWORD_LENGTH = 8

/**
 * Draws a new account and writes its key encrypted. Asks for the password twice where a person types it.
 * @returns the address, lower-case.
 * @throws {UserError} usage: as readPassword; SHORT_PASSWORD; PASSWORDS_DIFFER. {Error} EEXIST when there is a file already.
 */
export async function createKeystore(
  file: string,
  passwordFile: string | undefined,
  context: Context,
): Promise<`0x${string}`> {
  const password = await newPassword({ passwordFile, question: 'New password: ' }, context)
  const secret = randomBytes(KEY_BYTES)
  const address = accountAddress(`0x${secret.toString('hex')}`, file)
  await createPrivateFile(file, await encryptKeystore({ secret, address }, password))
  return address
}

async function newPassword(request: PasswordRequest, context: Context): Promise<string> {
  const password = await readPassword(request, context)
  if (password.length < MIN_PASSWORD_LENGTH) {
    throw new UserError('usage', `the password has fewer than ${MIN_PASSWORD_LENGTH} characters`, {
      code: 'SHORT_PASSWORD',
    })
  }
  if (request.passwordFile !== undefined) return password
  const again = await readPassword({ ...request, question: 'Again: ' }, context)
  if (again === password) return password
  throw new UserError('usage', 'the two passwords differ: nothing was written', {
    code: 'PASSWORDS_DIFFER',
  })
}
