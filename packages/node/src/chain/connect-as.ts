import path from 'node:path'
import {
  type ChainAccount,
  connectAccount,
  connectChain,
  connectRpcSigner,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import type { ArgsOf } from '../framework/option.ts'
import { type AccountArgs, accountSource, addressOf } from '../identity/account-source.ts'
import { decryptKeystore } from '../identity/keystore/decrypt-keystore.ts'
import { readKeystore } from '../identity/keystore/read-keystore.ts'
import { loadIdentity } from '../identity/load-identity.ts'
import { readPassword } from '../identity/read-password.ts'
import type { chainOptions } from '../options/chain.ts'
import type { signerOptions } from '../options/signer.ts'
import { endpointsOf } from './endpoints-of.ts'

/** How to reach the chain, and as whom. */
export type SignerArgs = ArgsOf<typeof chainOptions> & {
  readonly compareRpc?: string | undefined
} & ArgsOf<typeof signerOptions> &
  AccountArgs

/**
 * Connects as the account that the options name.
 * @throws {UserError} as accountSource, loadIdentity, readKeystore, readPassword, decryptKeystore, connectAccount and connectRpcSigner.
 */
export async function connectAs(args: SignerArgs, context: Context): Promise<ChainAccount> {
  const source = accountSource(args, context.cwd)
  const { maxFee } = args
  const chain = { ...endpointsOf(args), ...(maxFee === undefined ? {} : { maxFee }) }
  if (source.kind === 'signer') {
    return connectRpcSigner({ ...chain, signerUrl: source.url, address: source.address })
  }
  const privateKey =
    source.kind === 'directory'
      ? (await loadIdentity(source.directory)).exportPrivateKey()
      : await unlock(source.file, args, context)
  return connectAccount({
    ...chain,
    privateKey,
    onReplaced: ({ nonce, hash, by, maxFeePerGas }) =>
      context.logger.warn(
        { nonce, hash, by, maxFeePerGas: String(maxFeePerGas) },
        'a transaction is not mined: it is replaced by one with higher fees',
      ),
  })
}

/**
 * The same for a command with --dry-run, which signs nothing: then no password is asked and no signer is called.
 * @throws {UserError} as connectAs and addressOf.
 */
export async function connectToAct(
  args: SignerArgs & { readonly dryRun: boolean },
  context: Context,
): Promise<ChainAccount> {
  if (!args.dryRun) return connectAs(args, context)
  const address = await addressOf(args, context.cwd)
  const reader = await connectChain(endpointsOf(args))
  const refuse = () => Promise.reject(signsNothing())
  return {
    ...reader,
    address,
    wallet: { transact: refuse, signTypedData: refuse },
    inTurn: (job) => job(),
  }
}

async function unlock(file: string, args: SignerArgs, context: Context): Promise<string> {
  const { passwordFile } = args
  const keystore = await readKeystore(file)
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

function signsNothing(): UserError {
  return new UserError('refused', 'a dry run signs nothing', { code: 'DRY_RUN_SIGNS_NOTHING' })
}
