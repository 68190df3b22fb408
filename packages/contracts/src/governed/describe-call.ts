import {
  type Abi,
  type Address,
  decodeFunctionData,
  type Hex,
  isAddress,
  isAddressEqual,
  isHex,
} from 'viem'
import type { NetworkContracts } from '../actions/network/deploy-network.ts'
import type { NetworkCall } from '../actions/network/send-call.ts'
import type { Proposal } from '../proposal.ts'
import { taskIdOf } from '../stake-position.ts'
import type { GovernedParameter, ParameterChange } from './governed-parameter.ts'
import { NETWORK_ABIS } from './network-abis.ts'

/** Numbers of tasks of one contract that are shown as such. */
const MOST_TASKS = 10n ** 15n

/** What one call of a proposal does. */
export type DescribedCall = {
  /** As a contract's function with its arguments; the bare bytes where the contract is none of the network's. */
  readonly text: string
  /** The parameters that it changes, where it does nothing else. */
  readonly changes: readonly ParameterChange[]
}

/** Says what a call of a proposal does, from the call itself: a description may say anything. */
export function describeCall(
  { target, value, data }: Proposal['calls'][number],
  about: {
    readonly contracts: NetworkContracts
    readonly parameters: readonly GovernedParameter[]
  },
): DescribedCall {
  const names = Object.keys(about.contracts) as (keyof NetworkContracts)[]
  const name = names.find((candidate) => isAddressEqual(about.contracts[candidate], target))
  const decoded = name === undefined ? undefined : decode(NETWORK_ABIS[name], data)
  const paid = value === 0n ? '' : ` with ${value} wei of the native coin`
  if (name === undefined || decoded === undefined) {
    return { text: `${name ?? target}: ${data}${paid}`, changes: [] }
  }
  const { functionName, args = [] } = decoded
  const text = `${name}.${functionName}(${args.map((one) => shown(one, about.contracts)).join(', ')})${paid}`
  const call = { to: target, data }
  const together = changesTogether(call, args, about.parameters)
  return { text, changes: together ?? changeIn(call, numbersIn(args), about.parameters) }
}

function decode(abi: Abi | undefined, data: Hex) {
  if (abi === undefined) return undefined
  try {
    return decodeFunctionData({ abi, data })
  } catch {
    // No function of this contract: shown as bytes.
    return undefined
  }
}

/** Of a call that sets several at once: those that it would change. */
function changesTogether(
  call: NetworkCall,
  [struct]: readonly unknown[],
  parameters: readonly GovernedParameter[],
): readonly ParameterChange[] | undefined {
  if (typeof struct !== 'object' || struct === null) return undefined
  const fields = Object.entries(struct).flatMap(([field, value]) =>
    numbersIn(value)
      .slice(0, 1)
      .map((number) => [field, number]),
  )
  const values: Readonly<Record<string, bigint>> = Object.fromEntries(fields)
  const isSet = ({ group }: GovernedParameter) =>
    group !== undefined && group.field in values && isSame(group.change(values), call)
  const all = parameters.filter(isSet)
  if (all.length === 0) return undefined
  return all.flatMap((parameter) => {
    const value = values[parameter.group?.field ?? ''] ?? parameter.value
    return value === parameter.value ? [] : [{ parameter, value }]
  })
}

function changeIn(
  call: NetworkCall,
  numbers: readonly bigint[],
  parameters: readonly GovernedParameter[],
): readonly ParameterChange[] {
  for (const parameter of parameters) {
    const { min, max, change } = parameter
    const value = numbers.find((one) => one >= min && one <= max && isSame(change(one), call))
    if (value !== undefined) return [{ parameter, value }]
  }
  return []
}

function isSame(one: NetworkCall, other: NetworkCall): boolean {
  return isAddressEqual(one.to, other.to) && one.data === other.data
}

function numbersIn(value: unknown): readonly bigint[] {
  if (typeof value === 'bigint') return [value]
  if (typeof value === 'number') return [BigInt(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** As encodeCall reads it: contracts of the network and tasks by their names. */
function shown(value: unknown, contracts: NetworkContracts): string {
  if (typeof value === 'bigint') return taskText(value, contracts) ?? String(value)
  if (typeof value === 'string')
    return isHex(value) ? hexText(value, contracts) : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((one) => shown(one, contracts)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${shown(field, contracts)}`)
  return `{ ${fields.join(', ')} }`
}

function taskText(value: bigint, { registry, alliance }: NetworkContracts): string | undefined {
  for (const [owner, contract] of Object.entries({ arena: registry, alliance })) {
    const number = value - taskIdOf(contract, 0n)
    if (number >= 0n && number < MOST_TASKS) return `${owner}:${number}`
  }
  return undefined
}

function hexText(value: Hex, contracts: NetworkContracts): string {
  const isThat = ([, address]: readonly [string, Address]) =>
    isAddress(value, { strict: false }) && isAddressEqual(address, value)
  return Object.entries(contracts).find(isThat)?.[0] ?? value
}
