import { MAX_MANIFEST_BYTES, UserError } from '@fednode/protocol'
import { bytesToHex, hexToBytes, sha256 } from 'viem'
import { ask } from '../ask.ts'
import { orchestratorAbi } from '../generated/orchestrator.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'
import { readBlockNumber } from './block.ts'
import { inBlockRanges } from './block-ranges.ts'
import { checkScenario, type ScenarioIdentity } from './scenario-identity.ts'

/**
 * The canonical manifest of a federation, from the event of its creation; it is what the Scenario's manifestDigest names, or
 * an error.
 * @param args - `fromBlock`: block at or before the creation; 0 when left out.
 * @throws {UserError} NO_CONTRACT, NOT_A_SCENARIO, WRONG_ORCHESTRATOR, MANIFEST_MISSING, MANIFEST_MISMATCH (chain).
 */
export async function readManifestBytes(
  reader: ChainReader,
  args: ScenarioIdentity & { readonly fromBlock?: bigint },
): Promise<Uint8Array> {
  const { scenario, fromBlock = 0n } = args
  const orchestrator = await checkScenario(reader, args)
  const digestCall = {
    address: scenario,
    abi: scenarioAbi,
    functionName: 'manifestDigest',
  } as const
  const digest = await ask(reader.public.readContract(digestCall))
  const created = {
    address: orchestrator,
    abi: orchestratorAbi,
    eventName: 'ScenarioCreated',
    args: { scenario },
    strict: true,
  } as const
  const whole = { from: fromBlock, to: await readBlockNumber(reader) }
  const [event] = await inBlockRanges(whole, ({ from, to }) =>
    reader.public.getContractEvents({ ...created, fromBlock: from, toBlock: to }),
  )
  if (event === undefined) throw missing(scenario, whole)
  const bytes = hexToBytes(event.args.manifest)
  const actual = sha256(bytesToHex(bytes))
  if (bytes.length > MAX_MANIFEST_BYTES || actual !== digest) throw mismatch(scenario, actual)
  return bytes
}

function missing(scenario: string, range: { from: bigint; to: bigint }): UserError {
  return new UserError(
    'chain',
    `the chain shows no creation of ${scenario} in blocks ${range.from} to ${range.to}`,
    { code: 'MANIFEST_MISSING', hint: 'Does the node keep old events? Try another one.' },
  )
}

function mismatch(scenario: string, actual: string): UserError {
  return new UserError(
    'chain',
    `the manifest that the chain shows for ${scenario} hashes to ${actual}, which the Scenario does not name`,
    { code: 'MANIFEST_MISMATCH', hint: 'The node lies: use another one.' },
  )
}
