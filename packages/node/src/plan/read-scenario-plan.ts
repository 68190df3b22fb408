import { type ChainReader, readManifestBytes, readScenario } from '@fednode/contracts'
import { cidOfObject, decodeManifest } from '@fednode/protocol'
import type { ScenarioPlan } from './plan.ts'

/**
 * Reads a Scenario and the manifest that it anchors from the chain alone; the bytes hash to the Scenario's digest.
 * @throws {UserError} NO_CONTRACT, NOT_A_SCENARIO, WRONG_ORCHESTRATOR, MANIFEST_MISMATCH. {ManifestError} for a manifest that breaks the schema.
 */
export async function readScenarioPlan(
  reader: ChainReader,
  identity: { readonly scenario: `0x${string}`; readonly orchestrator?: `0x${string}` },
): Promise<ScenarioPlan> {
  const state = await readScenario(reader, identity)
  const bytes = await readManifestBytes(reader, identity)
  return {
    manifest: decodeManifest(bytes),
    cid: cidOfObject(bytes),
    bytes,
    source: identity.scenario,
    state,
  }
}
