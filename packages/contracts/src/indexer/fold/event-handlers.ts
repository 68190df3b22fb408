import type { Abi, ContractEventName, ParseEventLogsReturnType } from 'viem'
import type { MarketState } from './market-state.ts'

/** Decoded arguments of one event. */
export type EventArgs<A extends Abi, N extends ContractEventName<A>> = ParseEventLogsReturnType<
  A,
  N,
  true
>[number]['args']

/** What every event of a contract does to the state; an event that the ABI gains is a type error until it is decided. */
export type EventHandlers<A extends Abi> = {
  readonly [N in ContractEventName<A>]: (
    state: MarketState,
    args: EventArgs<A, N>,
    /** Unix seconds of the block. */
    time: bigint,
  ) => void
}

/** For events that say nothing of balances, money or rounds. */
export function changesNothing(): void {}
