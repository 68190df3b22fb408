import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { ArgsOf } from '../framework/option.ts'
import type { accountOptions } from '../options/signer.ts'
import { ACCOUNT_KEY_FILE } from './identity.ts'
import { readKeystore } from './keystore/read-keystore.ts'
import { loadIdentity } from './load-identity.ts'

/** How a command was told which account to use. */
export type AccountArgs = ArgsOf<typeof accountOptions> & {
  /** The data directory, absolute. */
  readonly directory: string
}

/** Where an account's key is. */
export type AccountSource =
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'keystore'; readonly file: string }
  | { readonly kind: 'signer'; readonly url: string; readonly address: `0x${string}` }

/**
 * The one account that is meant.
 * @throws {UserError} usage: BAD_OPTION for two of them, MISSING_OPTION for half of one.
 */
export function accountSource(
  { directory, keystore, signer, account }: AccountArgs,
  cwd: string,
): AccountSource {
  if (keystore !== undefined && signer !== undefined) {
    throw new UserError('usage', '--keystore and --signer are two accounts: give one of them', {
      code: 'BAD_OPTION',
      hint: 'One that you did not give comes from config.yaml or FEDNODE_*: take it out there.',
    })
  }
  if (signer !== undefined && account !== undefined) {
    return { kind: 'signer', url: signer, address: account }
  }
  if (signer !== undefined || account !== undefined) {
    throw new UserError('usage', '--signer URL and --account 0xADDR belong together', {
      code: 'MISSING_OPTION',
      hint: 'A signer may hold many keys: say which account to act as, and where its signer is.',
    })
  }
  if (keystore !== undefined) return { kind: 'keystore', file: path.resolve(cwd, keystore) }
  return { kind: 'directory', directory }
}

/**
 * The account's address, without any password.
 * @throws {UserError} as accountSource, loadIdentity and readKeystore; NO_ADDRESS (usage) for a keystore that does not say whose it is.
 */
export async function addressOf(args: AccountArgs, cwd: string): Promise<`0x${string}`> {
  const source = accountSource(args, cwd)
  if (source.kind === 'signer') return source.address
  if (source.kind === 'directory') return (await loadIdentity(source.directory)).account
  const { address } = await readKeystore(source.file)
  if (address !== undefined) return address
  throw new UserError('usage', `${source.file}: does not say whose key it holds`, {
    code: 'NO_ADDRESS',
    hint: `Use ${ACCOUNT_KEY_FILE} or a keystore with an "address".`,
  })
}
