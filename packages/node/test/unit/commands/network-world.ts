import {
  advanceTime,
  type ChainAccount,
  ONE_TOKEN,
  readNetwork,
  setBalance,
} from '@fednode/contracts'
import { type Address, encodeFunctionData, erc20Abi, type Hex, parseAbi, stringToHex } from 'viem'
import { LOCAL_NETWORK } from '../../../src/chain/local-network.ts'
import type { LocalWorld } from './local-world.ts'
import { accountOf } from './market-scenario.ts'

const ACCESS = parseAbi(['function grantRole(uint64 role, address account, uint32 delay)'])
const STAKES = parseAbi([
  'function slash(bytes32 key, uint256 amount, uint8 reason, address reporter) returns (uint256, uint256)',
  'function reward(bytes32 key, uint256 amount)',
  'function keyOf(address operator, bytes32 role, uint256 task) view returns (bytes32)',
])
/** Of contracts that reward and slash. */
const STAKING_ROLE = 1n
const NOBODY = '0x0000000000000000000000000000000000000000'

/** Moves the chain's clock to a moment in Unix seconds. */
export async function goTo(world: LocalWorld, moment: unknown): Promise<void> {
  const account = await accountOf(world, 'operator')
  await advanceTime(account, BigInt(String(moment)))
}

/** Gives an account the power to slash, as the timelock: on the local chain one may send as anybody. */
export async function makeSlasher(slasher: ChainAccount): Promise<void> {
  const { contracts } = await readNetwork(slasher, { directory: LOCAL_NETWORK })
  await setBalance(slasher, { address: contracts.timelock, amount: ONE_TOKEN })
  const args = [STAKING_ROLE, slasher.address, 0] as const
  const data = encodeFunctionData({ abi: ACCESS, functionName: 'grantRole', args })
  await sendAs(slasher, { from: contracts.timelock, to: contracts.access, data })
}

/** Slashes a validator of an arena task. */
export async function slashValidator(
  slasher: ChainAccount,
  about: { readonly operator: Address; readonly task: bigint; readonly reason: number },
): Promise<void> {
  const { operator, task, reason } = about
  const { stakeManager, key } = await positionOf(slasher, { operator, task, role: 'VALIDATOR' })
  const args = [key, 1_000_000n * ONE_TOKEN, reason, NOBODY] as const
  const data = encodeFunctionData({ abi: STAKES, functionName: 'slash', args })
  await slasher.wallet.transact({ to: stakeManager, data })
}

/** Rewards a task's creator with tokens of the payer. */
export async function rewardCreator(
  payer: ChainAccount,
  about: { readonly operator: Address; readonly task: bigint; readonly amount: bigint },
): Promise<void> {
  const { operator, task, amount } = about
  const { token, stakeManager, key } = await positionOf(payer, {
    operator,
    task,
    role: 'TASK_CREATOR',
  })
  const spending = [stakeManager, amount] as const
  const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: spending })
  await payer.wallet.transact({ to: token, data: approve })
  const data = encodeFunctionData({ abi: STAKES, functionName: 'reward', args: [key, amount] })
  await payer.wallet.transact({ to: stakeManager, data })
}

async function positionOf(
  account: ChainAccount,
  about: { readonly operator: Address; readonly task: bigint; readonly role: string },
): Promise<{ readonly stakeManager: Address; readonly token: Address; readonly key: Hex }> {
  const network = await readNetwork(account, { directory: LOCAL_NETWORK })
  const { stakeManager, token } = network.contracts
  const { operator, task, role } = about
  const args = [operator, stringToHex(role, { size: 32 }), task] as const
  const call = { address: stakeManager, abi: STAKES, functionName: 'keyOf', args } as const
  return { stakeManager, token, key: await account.public.readContract(call) }
}

async function sendAs(
  { public: chain }: ChainAccount,
  call: { readonly from: Address; readonly to: Address; readonly data: `0x${string}` },
): Promise<void> {
  // Of anvil, which viem's list of methods does not have.
  await chain.request({ method: 'anvil_impersonateAccount', params: [call.from] } as never)
  const sent = { method: 'eth_sendTransaction', params: [call] } as never
  const hash = (await chain.request(sent)) as `0x${string}`
  const { status } = await chain.waitForTransactionReceipt({ hash, pollingInterval: 50 })
  if (status !== 'success') throw new TypeError(`a call as ${call.from} was reverted`)
}
