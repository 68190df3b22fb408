import path from 'node:path'
import {
  type ChainAccount,
  connectAccount,
  LOCAL_CHAIN_ID,
  mintLocalCurrency,
  parseAmount,
  setBalance,
  transferToken,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { connectToAct } from '../../../chain/connect-as.ts'
import { LOCAL_CURRENCY, LOCAL_DEPLOYER_KEY } from '../../../chain/local-deployment.ts'
import { findLocalNetwork } from '../../../chain/local-network.ts'
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
  readonly tokensWei: bigint
}

export function init(args: Args, { cwd }: Context): Options {
  return {
    ...args,
    directory: path.resolve(cwd, args.dir),
    etherWei: parseAmount(args.ether),
    amountWei: parseAmount(args.amount),
    tokensWei: parseAmount(args.tokens),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { rpc, etherWei, amountWei, tokensWei } = options
  const own = await connectToAct(options, context)
  try {
    if (own.chainId !== LOCAL_CHAIN_ID) throw notLocal(own.chainId)
    const deployer = await connectAccount({
      rpcUrl: rpc,
      privateKey: LOCAL_DEPLOYER_KEY,
      chainId: LOCAL_CHAIN_ID,
    })
    const account = ownAddress(own)
    const network = await findLocalNetwork(own)
    const mint = async (by: ChainAccount) => {
      await mintLocalCurrency(by, { currency: LOCAL_CURRENCY, to: account, amount: amountWei })
      if (network === undefined) return
      await transferToken(by, { token: network.contracts.token, to: account, amount: tokensWei })
    }
    const tokens = network === undefined ? '' : ` and ${options.tokens} FDN`
    const data = {
      account,
      currency: LOCAL_CURRENCY,
      ether: etherWei,
      minted: amountWei,
      tokens: network === undefined ? 0n : tokensWei,
    }
    if (options.dryRun) {
      const text = `${account} would have ${options.ether} ETH for gas and ${options.amount} CUR${tokens} more`
      return await tryOut(deployer, mint, () => ({ data, text }))
    }
    await setBalance(own, { address: account, amount: etherWei })
    await mint(deployer)
    return {
      data,
      text: `${account} now has ${options.ether} ETH for gas and ${options.amount} CUR${tokens} more`,
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
