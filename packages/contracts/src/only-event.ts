import {
  type Abi,
  type Address,
  type ContractEventName,
  isAddressEqual,
  type ParseEventLogsReturnType,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem'
import { ChainError } from './chain-error.ts'

/** Which events of a receipt are meant: those of one contract, so that nobody else's look-alike counts. */
export type EventFilter<A extends Abi, N extends ContractEventName<A>> = {
  readonly address: Address
  readonly abi: A
  readonly eventName: N
}

/** All events of one name that one contract raised in a transaction, decoded strictly, in log order. */
export function eventsOf<const A extends Abi, N extends ContractEventName<A>>(
  receipt: TransactionReceipt,
  filter: EventFilter<A, N>,
): ParseEventLogsReturnType<A, N, true> {
  const { abi, eventName } = filter
  const logs = receipt.logs.filter((log) => isAddressEqual(log.address, filter.address))
  return parseEventLogs({ abi, eventName, logs })
}

/**
 * Arguments of the one event that a transaction must have raised.
 * @throws {ChainError} EVENT_MISSING when it did not: then another contract answered than ours.
 */
export function onlyEvent<const A extends Abi, N extends ContractEventName<A>>(
  receipt: TransactionReceipt,
  filter: EventFilter<A, N>,
): ParseEventLogsReturnType<A, N, true>[number]['args'] {
  const [event] = eventsOf(receipt, filter)
  if (event !== undefined) return event.args
  throw new ChainError(
    `transaction ${receipt.transactionHash} raised no ${filter.eventName} event at ${filter.address}`,
    {
      code: 'EVENT_MISSING',
      hint: 'Is the address that of a fednode contract?',
      details: { hash: receipt.transactionHash },
    },
  )
}
