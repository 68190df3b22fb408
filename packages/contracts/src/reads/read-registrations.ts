import { type Address, hexToBytes } from 'viem'
import { ask } from '../ask.ts'
import { ChainError } from '../chain-error.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader, ScenarioClient } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { inBlockRanges } from './block-ranges.ts'
import { readSteadily } from './read-steadily.ts'

/** A client with the signature that ties its peer key to its account. */
export type RegisteredClient = ScenarioClient & {
  /** 64 bytes claimed to be an ed25519 signature; verify before use (docs/PROTOCOL.md). */
  readonly binding: Uint8Array
  readonly blockNumber: bigint
}

/**
 * All registrations of a Scenario in index order, with their bindings, which only the events hold.
 * @param args - `fromBlock`: block at or before the creation; 0 when left out.
 * @throws {ChainError} REGISTRATIONS_INCOMPLETE when the node shows fewer than the Scenario counts.
 */
export function readRegistrations(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<readonly RegisteredClient[]> {
  return readSteadily(() => readOnce(reader, args))
}

async function readOnce(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<readonly RegisteredClient[]> {
  const { scenario, fromBlock = 0n } = args
  const blockNumber = await readBlockNumber(reader)
  const contract = { address: scenario, abi: scenarioAbi } as const
  const count = await ask(
    reader.public.readContract({ ...contract, functionName: 'clientCount', blockNumber }),
  )
  const registered = { ...contract, eventName: 'Registered', strict: true } as const
  const events = await inBlockRanges({ from: fromBlock, to: blockNumber }, ({ from, to }) =>
    reader.public.getContractEvents({ ...registered, fromBlock: from, toBlock: to }),
  )
  const clients = events
    .map(({ args: { binding, ...client }, blockNumber: block }) => ({
      ...client,
      binding: hexToBytes(binding),
      blockNumber: block,
    }))
    .sort((a, b) => a.index - b.index)
  if (clients.length !== count) {
    throw new ChainError(
      `the chain shows ${clients.length} registrations of ${scenario}, which counts ${count}`,
      {
        code: 'REGISTRATIONS_INCOMPLETE',
        hint: 'Does the node keep old events? Try another one, or an earlier start block.',
      },
    )
  }
  return clients
}
