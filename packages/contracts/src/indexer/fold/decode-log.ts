import {
  type Abi,
  type AbiEvent,
  type ContractEventName,
  decodeEventLog,
  type Hex,
  toEventSelector,
} from 'viem'
import { inconsistent } from '../index-error.ts'
import type { EventArgs } from './event-handlers.ts'
import type { MarketLog } from './market-log.ts'

/** A decoded event of one contract. */
export type MarketEvent<A extends Abi> = {
  readonly [N in ContractEventName<A>]: {
    readonly eventName: N
    readonly args: EventArgs<A, N>
  }
}[ContractEventName<A>]

/**
 * Makes a decoder of one contract's events; hashing every signature for every log would cost more than all the rest.
 * @returns throws {IndexError} EVENTS_INCONSISTENT for an event whose data are not its arguments.
 */
export function createDecoder<const A extends Abi>(
  abi: A,
): (log: MarketLog) => MarketEvent<A> | undefined {
  const items = abi.filter((item): item is AbiEvent => item.type === 'event')
  const bySelector = new Map(items.map((item) => [toEventSelector(item), item] as const))
  return ({ topics: [selector, ...rest], data }) => {
    const item = selector === undefined ? undefined : bySelector.get(selector)
    if (selector === undefined || item === undefined) return undefined
    const topics: [Hex, ...Hex[]] = [selector, ...rest]
    try {
      const decoded: unknown = decodeEventLog({ abi: [item], data, topics, strict: true })
      // Of the ABI's own items, so one of its events.
      return decoded as MarketEvent<A>
    } catch {
      // The contract emits what its ABI says, so it is the node that made this up.
      throw inconsistent(`an event ${item.name} has not the arguments of one`)
    }
  }
}
