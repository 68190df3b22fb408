import type { EvidenceSigners } from '@fednode/aggregator'
import {
  type AnchoredRound,
  type ChainReader,
  createRegistry,
  readActivations,
  readAssertions,
  readBlockHash,
} from '@fednode/contracts'
import type { Logger, Round } from '@fednode/protocol'
import type { ScenarioPlan } from '../plan/plan.ts'
import { readScenarioPlan } from '../plan/read-scenario-plan.ts'

/** What the chain says of a federation: whom its evidence is held to. */
export type ChainFacts = {
  readonly chainId: number
  readonly plan: ScenarioPlan
  readonly signers: EvidenceSigners
  /** By round; rounds that are not anchored are not there. */
  readonly anchors: ReadonlyMap<Round, AnchoredRound>
  blockHash(number: bigint): Promise<`0x${string}` | undefined>
}

/**
 * Reads it all.
 * @throws {UserError} as readScenarioPlan. @throws {ChainError} RPC_FAILED.
 */
export async function readChainFacts(
  reader: ChainReader,
  identity: { readonly scenario: `0x${string}`; readonly orchestrator?: `0x${string}` },
  logger: Logger,
): Promise<ChainFacts> {
  const { scenario } = identity
  const plan = await readScenarioPlan(reader, identity)
  const registry = await createRegistry({ reader, scenario, logger })
  const members = new Map(registry.members().map((member) => [member.name, member]))
  const isDrawn = plan.manifest.rounds.sampleShare !== undefined
  return {
    chainId: reader.chainId,
    plan,
    signers: {
      federator: registry.federatorPeerId,
      memberOf: (silo) => members.get(silo),
      ignored: registry.ignored().map(({ index }) => index),
      ...(isDrawn ? { clientsAt: await readActivations(reader, { scenario }) } : {}),
    },
    anchors: await readAssertions(reader, { scenario }),
    blockHash: (number) => readBlockHash(reader, number),
  }
}
