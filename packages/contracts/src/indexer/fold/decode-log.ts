import {
  type Abi,
  type AbiEvent,
  type ContractEventName,
  decodeEventLog,
  type Hex,
  toEventSelector,
} from 'viem'
import type { EventArgs } from './event-handlers.ts'
import type { MarketLog } from './market-log.ts'

/** A decoded event of one contract. */
export type MarketEvent<A extends Abi> = {
  readonly [N in ContractEventName<A>]: {
    readonly eventName: N
    readonly args: EventArgs<A, N>
  }
}[ContractEventName<A>]

/** Decodes the events of one contract; hashing every signature for every log would cost more than all the rest. */
export function createDecoder<const A extends Abi>(
  abi: A,
): (log: MarketLog) => MarketEvent<A> | undefined {
  const items = abi.filter((item): item is AbiEvent => item.type === 'event')
  const bySelector = new Map(items.map((item) => [toEventSelector(item), item] as const))
  return ({ topics: [selector, ...rest], data }) => {
    const item = selector === undefined ? undefined : bySelector.get(selector)
    if (selector === undefined || item === undefined) return undefined
    const topics: [Hex, ...Hex[]] = [selector, ...rest]
    // Of the ABI's own items, so one of its events.
    return decodeEventLog({ abi: [item], data, topics, strict: true }) as unknown as MarketEvent<A>
  }
}
