import path from 'node:path'
import {
  type ChainAccount,
  connectAccount,
  LOCAL_CHAIN_ID,
  mintLocalCurrency,
  parseAmount,
  setBalance,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { connectToAct } from '../../../chain/connect-as.ts'
import { LOCAL_CURRENCY, LOCAL_DEPLOYER_KEY } from '../../../chain/local-deployment.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { tryOut } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import type { fundOptions } from './options.ts'

type Args = ArgsOf<typeof fundOptions>
type Options = Args & {
  readonly directory: string
  readonly etherWei: bigint
  readonly amountWei: bigint
}

export function init(args: Args, { cwd }: Context): Options {
  return {
    ...args,
    directory: path.resolve(cwd, args.dir),
    etherWei: parseAmount(args.ether),
    amountWei: parseAmount(args.amount),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { rpc, etherWei, amountWei } = options
  const own = await connectToAct(options, context)
  try {
    if (own.chainId !== LOCAL_CHAIN_ID) throw notLocal(own.chainId)
    const deployer = await connectAccount({
      rpcUrl: rpc,
      privateKey: LOCAL_DEPLOYER_KEY,
      chainId: LOCAL_CHAIN_ID,
    })
    const account = ownAddress(own)
    const mint = (by: ChainAccount) =>
      mintLocalCurrency(by, { currency: LOCAL_CURRENCY, to: account, amount: amountWei })
    const data = { account, currency: LOCAL_CURRENCY, ether: etherWei, minted: amountWei }
    if (options.dryRun) {
      const text = `${account} would have ${options.ether} ETH for gas and ${options.amount} CUR more`
      return await tryOut(deployer, mint, () => ({ data, text }))
    }
    await setBalance(own, { address: account, amount: etherWei })
    await mint(deployer)
    return {
      data,
      text: `${account} now has ${options.ether} ETH for gas and ${options.amount} CUR more`,
    }
  } finally {
    await own.close()
  }
}

function notLocal(chainId: number): UserError {
  return new UserError(
    'refused',
    `chain ${chainId} is not the local chain ${LOCAL_CHAIN_ID}: money cannot be made there`,
    { code: 'NOT_A_LOCAL_CHAIN', hint: 'fednode chain local  starts one.' },
  )
}
