import { type Address, getAddress, type TransactionReceipt } from 'viem'
import { ChainError } from './chain-error.ts'

/**
 * Address of the contract that a transaction created.
 * @throws {ChainError} EVENT_MISSING when the node names none.
 */
export function deployedAddress(receipt: TransactionReceipt): Address {
  if (receipt.contractAddress) return getAddress(receipt.contractAddress)
  throw new ChainError(`transaction ${receipt.transactionHash} created no contract`, {
    code: 'EVENT_MISSING',
    details: { hash: receipt.transactionHash },
  })
}
