import {
  type ChainReader,
  compareAssertions,
  readManifestBytes,
  readScenario,
} from '@fednode/contracts'
import { cidOfObject, decodeManifest, FedError, type Manifest, UserError } from '@fednode/protocol'
import { checkTerms } from './check-terms.ts'
import type { ScenarioPlan } from './plan.ts'
import { requireChain } from './require-chain.ts'

/**
 * Reads a Scenario and the manifest that it anchors from the chain alone; the bytes hash to the Scenario's digest, and the Scenario's
 * parameters are what the manifest says.
 * @throws {UserError} NO_CONTRACT, NOT_A_SCENARIO, WRONG_ORCHESTRATOR, MANIFEST_MISMATCH (chain); BAD_MANIFEST (refused) when the anchored
 * bytes break the schema: anybody can anchor anything; TERMS_MISMATCH (refused). {ChainError} as compareAssertions, where two nodes are compared (T51).
 */
export async function readScenarioPlan(
  reader: ChainReader,
  identity: { readonly scenario: `0x${string}`; readonly orchestrator?: `0x${string}` },
): Promise<ScenarioPlan> {
  const state = await readScenario(reader, identity)
  if (reader.second !== undefined) {
    await compareAssertions(reader, reader.second, identity.scenario)
  }
  const bytes = await readManifestBytes(reader, identity)
  const manifest = requireChain(decode(bytes, identity.scenario), identity.scenario)
  await checkTerms(reader, manifest, state)
  return { manifest, cid: cidOfObject(bytes), bytes, source: identity.scenario, state }
}

function decode(bytes: Uint8Array, scenario: string): Manifest {
  try {
    return decodeManifest(bytes)
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    throw new UserError(
      'refused',
      `the manifest of ${scenario} is not one that this fednode runs: ${error.message}`,
      {
        code: 'BAD_MANIFEST',
        hint: 'Ask the federator; a federation cannot change its manifest.',
        cause: error,
      },
    )
  }
}
