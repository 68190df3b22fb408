import { ChainError, type ChainReader, readAttesters, type ScenarioState } from '@fednode/contracts'
import { type ChainManifest, UserError } from '@fednode/protocol'
import { type Address, zeroAddress } from 'viem'
import { type ManifestTerms, manifestTerms } from './scenario-params.ts'

/**
 * Holds a Scenario to the manifest that it anchors: the contracts enforce their own parameters, whatever was consented to.
 * @throws {UserError} TERMS_MISMATCH (refused) naming the first that differs. {ChainError} RPC_FAILED.
 */
export async function checkTerms(
  reader: ChainReader,
  manifest: ChainManifest,
  state: ScenarioState,
): Promise<void> {
  const terms = manifestTerms(manifest)
  for (const name of Object.keys(terms) as (keyof ManifestTerms)[]) {
    const said = terms[name]
    const actual = state.params[name]
    if (said !== actual) throw mismatch(state, { name, said, actual })
  }
  await checkResolver(reader, manifest, state)
}

async function checkResolver(
  reader: ChainReader,
  { dispute = { bond: '0', resolver: zeroAddress } }: ChainManifest,
  state: ScenarioState,
): Promise<void> {
  const { resolver: actual } = state.params
  const { resolver, attesters = [], threshold } = dispute
  if (resolver !== undefined) {
    if (resolver === actual.toLowerCase()) return
    throw mismatch(state, { name: 'resolver', said: resolver, actual })
  }
  const said = setText(attesters, threshold)
  const decide = await deciders(reader, actual)
  if (said !== decide) throw mismatch(state, { name: 'resolver', said, actual: decide })
}

async function deciders(reader: ChainReader, resolver: Address): Promise<string> {
  try {
    const { attesters, threshold } = await readAttesters(reader, { resolver })
    return setText(attesters, threshold)
  } catch (error) {
    // The node failed, which says nothing about the contract.
    if (!(error instanceof ChainError) || error.code === 'RPC_FAILED') throw error
    return `${resolver}, which has no attesters`
  }
}

function setText(attesters: readonly string[], threshold: number | bigint | undefined): string {
  const sorted = attesters.map((attester) => attester.toLowerCase()).sort()
  return `${threshold} of ${sorted.join(', ')}`
}

function mismatch(
  state: ScenarioState,
  {
    name,
    said,
    actual,
  }: { readonly name: string; readonly said: unknown; readonly actual: unknown },
): UserError {
  return new UserError(
    'refused',
    `the Scenario ${state.address} does not do what its manifest says: ${name} is ${actual}, not ${said}`,
    { code: 'TERMS_MISMATCH', hint: 'Do not take part: ask the federator for a new federation.' },
  )
}
