import path from 'node:path'
import { type ChainAccount, connectAccount } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import type { ArgsOf } from '../framework/option.ts'
import { type AccountArgs, type AccountSource, accountSource } from '../identity/account-source.ts'
import { decryptKeystore } from '../identity/keystore/decrypt-keystore.ts'
import { readKeystore } from '../identity/keystore/read-keystore.ts'
import { loadIdentity } from '../identity/load-identity.ts'
import { readPassword } from '../identity/read-password.ts'
import type { chainOptions } from '../options/chain.ts'
import type { signerOptions } from '../options/signer.ts'

/** How to reach the chain, and as whom. */
export type SignerArgs = ArgsOf<typeof chainOptions> & ArgsOf<typeof signerOptions> & AccountArgs

/**
 * Connects as the account that the options name.
 * @throws {UserError} as accountSource, loadIdentity, readKeystore, readPassword, decryptKeystore and connectAccount.
 */
export async function connectAs(args: SignerArgs, context: Context): Promise<ChainAccount> {
  const { rpc: rpcUrl, chainId } = args
  const source = accountSource(args, context.cwd)
  if (source.kind === 'signer') throw new UserError('refused', 'signers come soon')
  const meant = chainId === undefined ? { rpcUrl } : { rpcUrl, chainId }
  return connectAccount({ ...meant, privateKey: await privateKeyOf(source, args, context) })
}

async function privateKeyOf(
  source: Exclude<AccountSource, { kind: 'signer' }>,
  args: SignerArgs,
  context: Context,
): Promise<string> {
  if (source.kind === 'directory') {
    return (await loadIdentity(source.directory)).exportPrivateKey()
  }
  const { passwordFile } = args
  const keystore = await readKeystore(source.file)
  const password = await readPassword(
    {
      passwordFile:
        passwordFile === undefined ? undefined : path.resolve(context.cwd, passwordFile),
      question: `Password of ${args.keystore}: `,
    },
    context,
  )
  return decryptKeystore(keystore, password)
}
