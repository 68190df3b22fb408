import type { Address } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { inBlockRanges } from './block-ranges.ts'
import { readRegistrations } from './read-registrations.ts'

/**
 * How many clients took part in a Scenario's rounds when a block was the newest: registration closes with all that are there, and who comes
 * late takes part when the next round ends on chain.
 * @param args - `fromBlock`: block at or before the creation; 0 when left out.
 * @returns the number by block; 0 before registration closed. Who registered in the very block that let them in is not counted.
 * @throws {ChainError} REGISTRATIONS_INCOMPLETE, RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readActivations(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<(block: number) => number> {
  const clients = await readRegistrations(reader, args)
  const blocks = await readTurns(reader, args)
  return (block) => {
    const last = blocks.findLast((turn) => turn <= BigInt(block))
    return last === undefined ? 0 : clients.filter(({ blockNumber }) => blockNumber < last).length
  }
}

/** Blocks in which clients were let in, ascending. */
async function readTurns(
  reader: ChainReader,
  {
    scenario: address,
    fromBlock = 0n,
  }: { readonly scenario: Address; readonly fromBlock?: bigint },
): Promise<readonly bigint[]> {
  const whole = { from: fromBlock, to: await readBlockNumber(reader) }
  const blocks: bigint[] = []
  for (const eventName of ['RegistrationClosed', 'RoundFinalized', 'RoundVoided'] as const) {
    const events = await inBlockRanges(whole, ({ from, to }) =>
      reader.public.getContractEvents({
        ...{ address, abi: scenarioAbi, eventName, strict: true, fromBlock: from, toBlock: to },
      }),
    )
    blocks.push(...events.map(({ blockNumber }) => blockNumber))
  }
  return blocks.sort((a, b) => Number(a - b))
}
