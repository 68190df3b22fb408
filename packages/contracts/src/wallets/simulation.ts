import {
  getAddress,
  getContractAddress,
  type Hex,
  isAddressEqual,
  keccak256,
  numberToHex,
  type TransactionReceipt,
  zeroHash,
} from 'viem'
import { LOCAL_CHAIN_ID } from '../dev-accounts.ts'
import { readBlockNumber, readBlockTime, readChainTime } from '../reads/block.ts'
import { checkAnswered } from '../target-code.ts'
import type { ChainAccount, TransactionCall } from '../types.ts'
import {
  type PlacedCode,
  type SimulatedAnswer,
  type SimulationBase,
  simulateCalls,
  type TargetedCall,
} from './simulate-calls.ts'

/** The chain as it would be if an account had sent what it gave to `run`, in that order. Nothing is ever sent. */
export type Simulation = {
  /** @throws {ChainError} DRY_RUN_UNSUPPORTED. What viem throws when the transaction would revert. */
  readonly run: (call: TransactionCall) => Promise<TransactionReceipt>
  /** A view's answer. @throws what `run` throws. */
  readonly read: (call: TargetedCall) => Promise<Hex>
  /** Whether anything ran, so that the chain's own answers would be those of the past. */
  readonly hasRun: () => boolean
}

/** Everything that ran is replayed for every answer, since a node keeps nothing in between. */
export async function createSimulation(account: ChainAccount): Promise<Simulation> {
  const base = await baseOf(account)
  const sent: TargetedCall[] = []
  const placed: PlacedCode[] = []

  async function run({ to, data }: TransactionCall): Promise<TransactionReceipt> {
    const at = sent.length + placed.length
    if (to === undefined) {
      const { code, receipt } = await create(account, data, at)
      placed.push({ address: receipt.contractAddress, code })
      return receipt
    }
    const answer = await simulateCalls(account, { calls: [...sent, { to, data }], placed, base })
    // What was created here is not on the chain.
    const isPlaced = placed.some(({ address }) => isAddressEqual(address, to))
    if (!isPlaced) await checkAnswered(account, { to, data }, answer.data)
    sent.push({ to, data })
    return { ...receiptOf(account, { at, answer }), to: getAddress(to) }
  }

  return {
    run,
    read: async (call) =>
      (await simulateCalls(account, { calls: [...sent, call], placed, base })).data,
    hasRun: () => sent.length + placed.length > 0,
  }
}

async function baseOf(account: ChainAccount): Promise<SimulationBase> {
  // The local chain's latest block may be old, see readBlockTag. Elsewhere all answers start from one block.
  if (account.chainId === LOCAL_CHAIN_ID) {
    return { blockTag: 'pending', time: await readChainTime(account) }
  }
  const blockNumber = await readBlockNumber(account)
  return { blockNumber, time: await readBlockTime(account, blockNumber) }
}

// Not every node simulates a creation among other calls (anvil 1.7 does not), so it is called for its code, which is then put in
// place. What a constructor stores is lost, and what it logs: enough for a contract that is only named afterwards, or keeps all in code.
async function create(account: ChainAccount, data: Hex, at: number) {
  const from = account.address
  const [{ data: code = '0x' }, gasUsed, nonce, blockNumber] = await Promise.all([
    account.public.call({ account: from, data }),
    account.public.estimateGas({ account: from, data }),
    account.public.getTransactionCount({ address: from }),
    readBlockNumber(account),
  ])
  const answer = { data: code, gasUsed, logs: [], blockNumber }
  const contractAddress = getContractAddress({ from, nonce: BigInt(nonce + at) })
  return { code, receipt: { ...receiptOf(account, { at, answer }), contractAddress } }
}

function receiptOf(
  { address: from }: ChainAccount,
  { at, answer }: { readonly at: number; readonly answer: SimulatedAnswer },
) {
  const { gasUsed, logs, blockNumber } = answer
  return {
    from,
    to: null,
    gasUsed,
    cumulativeGasUsed: gasUsed,
    effectiveGasPrice: 0n,
    logs,
    logsBloom: '0x',
    blockNumber,
    blockHash: zeroHash,
    contractAddress: null,
    status: 'success',
    // A name for logs and messages; no chain knows it.
    transactionHash: keccak256(numberToHex(at)),
    transactionIndex: 0,
    type: 'eip1559',
  } as const
}
