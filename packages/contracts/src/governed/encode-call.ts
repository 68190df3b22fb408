import {
  type AbiFunction,
  type AbiParameter,
  type Address,
  encodeFunctionData,
  isAddress,
  isAddressEqual,
  isHex,
  parseAbiItem,
  size,
} from 'viem'
import type { NetworkContracts } from '../actions/network/deploy-network.ts'
import type { NetworkCall } from '../actions/network/send-call.ts'
import { taskIdOf } from '../stake-position.ts'
import { badCall, type CallWord, type CallWords, readCallWords } from './call-words.ts'
import { NETWORK_ABIS } from './network-abis.ts'

const INTEGER = /^(-?\d{1,78})(?:e(\d{1,2}))?$/
const TASK = /^(arena|alliance):(\d{1,15})$/
const LIST = /^(.*)\[(\d*)\]$/

/**
 * Encodes a call that somebody wrote. Numbers are whole (5e18 is five FDN in wei); an address may be the name of a contract of the network,
 * a task's number arena:3 or alliance:1.
 * @throws {ChainError} BAD_CALL (usage): no such contract or function, an argument that is not of its type.
 */
export function encodeCall(text: string, contracts: NetworkContracts): NetworkCall {
  const words = readCallWords(text)
  const to = addressIn(words.target, contracts)
  if (to === undefined) {
    throw badCall(
      `the network has no contract ${words.target}`,
      `It has ${Object.keys(NETWORK_ABIS).join(', ')}; any other is named by its address.`,
    )
  }
  const item = functionOf(words, to, contracts)
  const place = { of: `${words.target}.${words.name}`, contracts }
  const args = item.inputs.map((input, at) => encodable(words.args[at] ?? '', input, place))
  return { to, data: encodeFunctionData({ abi: [item], args }) }
}

function addressIn(text: string, contracts: NetworkContracts): Address | undefined {
  if (isAddress(text)) return text
  return Object.entries(contracts).find(([name]) => name === text)?.[1]
}

/** The function that is meant: of a contract of the network by name, elsewhere by the types that were written. */
function functionOf(
  { target, name, types, args }: CallWords,
  to: Address,
  contracts: NetworkContracts,
): AbiFunction {
  const known = functionsAt(to, contracts)
  const fit = known.filter(
    (item) =>
      item.name === name &&
      item.inputs.length === args.length &&
      (types === undefined || signature(item) === `${name}${types.replaceAll(/\s/g, '')}`),
  )
  const [only] = fit
  if (only !== undefined && fit.length === 1) return only
  if (known.length > 0) {
    const named = known.filter((item) => item.name === name)
    const shown = named.length > 0 ? named : known
    throw badCall(
      `${target} has no function ${name} of ${args.length} arguments${types === undefined ? '' : ` ${types}`} that changes something`,
      `It has ${shown.map(signature).join(', ')}.`,
    )
  }
  if (types === undefined) {
    throw badCall(
      `nobody here knows the functions of ${target}`,
      `Write their types too:  --call '${target}.${name}(address,uint256)(0x…, 5)'`,
    )
  }
  return foreign(name, types, args.length)
}

function functionsAt(to: Address, contracts: NetworkContracts): readonly AbiFunction[] {
  const known = Object.entries(NETWORK_ABIS).find(([name]) =>
    // Keys of the very same type.
    isAddressEqual(contracts[name as keyof NetworkContracts], to),
  )
  return (known?.[1] ?? []).filter(
    (item) => item.type === 'function' && item.stateMutability === 'nonpayable',
  ) as readonly AbiFunction[]
}

function foreign(name: string, types: string, count: number): AbiFunction {
  try {
    const item = parseAbiItem(`function ${name}${types}`)
    if (item.type === 'function' && item.inputs.length === count) return item
  } catch {
    // Said below.
  }
  throw badCall(`${name}${types} are not the types of ${count} arguments`)
}

function signature({ name, inputs }: AbiFunction): string {
  return `${name}(${inputs.map(typeText).join(',')})`
}

function typeText(input: AbiParameter): string {
  if (!('components' in input)) return input.type
  return `(${input.components.map(typeText).join(',')})${input.type.slice('tuple'.length)}`
}

type Place = { readonly of: string; readonly contracts: NetworkContracts }

function encodable(word: CallWord, input: AbiParameter, place: Place): unknown {
  const [, inner, length] = LIST.exec(input.type) ?? []
  if (inner !== undefined) return itemsOf(word, { ...input, type: inner }, { place, length })
  if ('components' in input) return fieldsOf(word, input, place)
  const value = typeof word === 'string' ? wordOf(word, input.type, place) : undefined
  if (value === undefined) throw unfit(word, input, place)
  return value
}

function itemsOf(
  word: CallWord,
  item: AbiParameter,
  { place, length = '' }: { readonly place: Place; readonly length: string | undefined },
): readonly unknown[] {
  const isList = typeof word !== 'string' && 'items' in word
  if (!isList || (length !== '' && word.items.length !== Number(length))) {
    throw unfit(word, { ...item, type: `${item.type}[${length}]` }, place)
  }
  return word.items.map((one) => encodable(one, item, place))
}

function fieldsOf(
  word: CallWord,
  input: AbiParameter & { readonly components: readonly AbiParameter[] },
  place: Place,
): object {
  const { components } = input
  if (typeof word === 'string') throw unfit(word, input, place)
  const count = 'items' in word ? word.items.length : Object.keys(word.fields).length
  if (count !== components.length) throw unfit(word, input, place)
  const values = components.map((component, at) => {
    const { name = '' } = component
    const one = 'items' in word ? word.items[at] : word.fields[name]
    if (one === undefined) throw unfit(word, input, place)
    return [name, encodable(one, component, place)] as const
  })
  // Types that somebody wrote name no fields; viem then takes them in their order.
  const isNamed = components.every(({ name = '' }) => name !== '')
  return isNamed ? Object.fromEntries(values) : values.map(([, value]) => value)
}

/** @returns undefined for a word that is not of the type. */
function wordOf(word: string, type: string, { contracts }: Place): unknown {
  if (type === 'address') return addressIn(word, contracts)
  if (type === 'bool') return word === 'true' ? true : word === 'false' ? false : undefined
  if (type === 'string') return word
  if (type === 'bytes') return isHex(word) ? word : undefined
  if (type.startsWith('bytes')) {
    return isHex(word) && size(word) === Number(type.slice('bytes'.length)) ? word : undefined
  }
  const [, owner, number = ''] = TASK.exec(word) ?? []
  if (owner !== undefined) {
    return taskIdOf(owner === 'arena' ? contracts.registry : contracts.alliance, BigInt(number))
  }
  return integerOf(word, type)
}

function integerOf(word: string, type: string): bigint | undefined {
  const [, digits, zeros = '0'] = INTEGER.exec(word) ?? []
  const [, signed, bits = '256'] = /^(u?)int(\d*)$/.exec(type) ?? []
  if (digits === undefined || signed === undefined) return undefined
  const value = BigInt(digits) * 10n ** BigInt(zeros)
  const width = BigInt(bits === '' ? 256 : bits)
  const [least, most] =
    signed === 'u' ? [0n, 2n ** width - 1n] : [-(2n ** (width - 1n)), 2n ** (width - 1n) - 1n]
  return value >= least && value <= most ? value : undefined
}

function unfit(word: CallWord, input: AbiParameter, { of }: Place): Error {
  const name = input.name === undefined || input.name === '' ? 'an argument' : input.name
  return badCall(`${of}: ${name} is ${expectedText(input)}, not ${wordText(word)}`)
}

function expectedText(input: AbiParameter): string {
  if (!('components' in input)) return input.type
  const fields = input.components.map((component) =>
    component.name === undefined
      ? expectedText(component)
      : `${component.name}: ${expectedText(component)}`,
  )
  return `{ ${fields.join(', ')} }${input.type.slice('tuple'.length)}`
}

function wordText(word: CallWord): string {
  if (typeof word === 'string') return JSON.stringify(word)
  if ('items' in word) return `[${word.items.map(wordText).join(', ')}]`
  const fields = Object.entries(word.fields).map(([key, one]) => `${key}: ${wordText(one)}`)
  return `{ ${fields.join(', ')} }`
}
