import { type Address, type Hex, hexToBytes } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

/** A participant of an alliance, and by what the others recognise its node. */
export type AlliancePeer = {
  readonly account: Address
  /** ed25519 public key, 32 bytes. */
  readonly peerKey: Hex
  /** 64 bytes claimed to be the key's signature; verify before use (docs/PROTOCOL.md). */
  readonly binding: Uint8Array
}

/**
 * Who takes part in an alliance now, with the keys that they joined with last; bindings are in the events only.
 * @param args - `fromBlock`: block at or before the alliance's creation; 0 when left out.
 * @throws {ChainError} UNKNOWN_ALLIANCE; CHAIN_LOGS_REFUSED.
 */
export async function readAlliancePeers(
  reader: ChainReader,
  args: { readonly alliance: Address; readonly id: bigint; readonly fromBlock?: bigint },
): Promise<readonly AlliancePeer[]> {
  const { alliance, id, fromBlock = 0n } = args
  const blockNumber = await readBlockNumber(reader)
  const contract = { address: alliance, abi: allianceAbi } as const
  const participants = await ask(
    reader.public.readContract({
      ...contract,
      functionName: 'participantsOf',
      args: [id],
      blockNumber,
    }),
  )
  const joined = { ...contract, eventName: 'Joined', args: { id }, strict: true } as const
  const events = await inBlockRanges({ from: fromBlock, to: blockNumber }, ({ from, to }) =>
    reader.public.getContractEvents({ ...joined, fromBlock: from, toBlock: to }),
  )
  const last = new Map(
    events.map(({ args: { account, peerKey, binding } }) => [account, { peerKey, binding }]),
  )
  return participants.flatMap((account) => {
    const found = last.get(account)
    if (found === undefined) return []
    return [{ account, peerKey: found.peerKey, binding: hexToBytes(found.binding) }]
  })
}
