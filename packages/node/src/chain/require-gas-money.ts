import { ask, type ChainAccount, LOCAL_CHAIN_ID } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/** Says so before the first transaction when an account cannot pay for any. @throws {UserError} NO_GAS_MONEY (chain). {ChainError} RPC_FAILED. */
export async function requireGasMoney(account: ChainAccount, dir: string): Promise<void> {
  const balance = await ask(account.public.getBalance({ address: account.address }))
  if (balance > 0n) return
  const hint =
    account.chainId === LOCAL_CHAIN_ID
      ? `fednode chain fund --dir ${dir}  gives it play money.`
      : `Send some of the chain's native coin to ${account.address}.`
  throw new UserError(
    'chain',
    `account ${account.address} has no native coin on chain ${account.chainId} to pay for gas`,
    { code: 'NO_GAS_MONEY', hint },
  )
}
