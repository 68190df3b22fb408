import {
  type Anvil,
  type ChainAccount,
  connectAccount,
  deployLocalCurrency,
  deployOrchestrator,
  type Mined,
  mintLocalCurrency,
  setBalance,
  startAnvil,
} from '@fednode/contracts'
import type { Address, Hex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import type { Receipt } from './up-result.ts'

/** Native coin of each account, in wei: far more than any run burns. */
const GAS_MONEY = 10n ** 21n
/** A local chain has nobody to dispute; the contract's own floor is what the deployer says. */
const MIN_CHALLENGE_WINDOW_SECONDS = 1

/** A chain of this run only, with fednode's contracts on it. */
export type LocalChain = {
  readonly rpcUrl: string
  readonly orchestrator: Address
  readonly currency: Address
  /** Everything sent through `record`, in order. */
  readonly receipts: readonly Receipt[]
  /** Connects an account that has gas money and `currency` wei of play money. */
  open(privateKey: Hex, currency: bigint): Promise<ChainAccount>
  record(what: string, mined: Mined): void
  stop(): Promise<void>
}

/**
 * Starts anvil and deploys the contracts from an account whose key nobody else ever sees (T59).
 * @param start - starts the chain; tests of faults have one that survives its own end.
 */
export async function startLocalChain(
  start: () => Promise<Pick<Anvil, 'rpcUrl' | 'stop'>> = startAnvil,
): Promise<LocalChain> {
  const anvil = await start()
  try {
    return await deploy(anvil.rpcUrl, () => anvil.stop())
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

async function deploy(rpcUrl: string, stop: () => Promise<void>): Promise<LocalChain> {
  const receipts: Receipt[] = []
  const record = (what: string, { hash, gasUsed }: Mined): void => {
    receipts.push({ what, hash, gas: gasUsed })
  }
  const deployer = await openWithGas(rpcUrl, generatePrivateKey())
  const minChallengeWindow = MIN_CHALLENGE_WINDOW_SECONDS
  const orchestrator = await deployOrchestrator(deployer, { minChallengeWindow })
  record('deploy the Orchestrator', orchestrator)
  const currency = await deployLocalCurrency(deployer)
  record('deploy the local currency', currency)
  return {
    rpcUrl,
    orchestrator: orchestrator.address,
    currency: currency.address,
    receipts,
    record,
    stop,
    open: async (privateKey, amount) => {
      const account = await openWithGas(rpcUrl, privateKey)
      if (amount > 0n) {
        await mintLocalCurrency(deployer, {
          currency: currency.address,
          to: account.address,
          amount,
        })
      }
      return account
    },
  }
}

async function openWithGas(rpcUrl: string, privateKey: Hex): Promise<ChainAccount> {
  const account = await connectAccount({ rpcUrl, privateKey })
  await setBalance(account, { address: account.address, amount: GAS_MONEY })
  return account
}
