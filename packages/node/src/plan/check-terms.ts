import { type ChainReader, readAttesters, type ScenarioState } from '@fednode/contracts'
import { type Manifest, UserError } from '@fednode/protocol'
import { zeroAddress } from 'viem'
import { type ManifestTerms, manifestTerms } from './scenario-params.ts'

/**
 * Holds a Scenario to the manifest that it anchors: the contracts enforce their own parameters, whatever was consented to.
 * @throws {UserError} TERMS_MISMATCH (refused) naming the first that differs. {ChainError} RPC_FAILED.
 */
export async function checkTerms(
  reader: ChainReader,
  manifest: Manifest,
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
  { dispute = { bond: '0', resolver: zeroAddress } }: Manifest,
  state: ScenarioState,
): Promise<void> {
  const { resolver: actual } = state.params
  const { resolver, attesters = [], threshold } = dispute
  if (resolver !== undefined) {
    if (resolver === actual.toLowerCase()) return
    throw mismatch(state, { name: 'resolver', said: resolver, actual })
  }
  const set = await readAttesters(reader, { resolver: actual })
  const said = `${threshold} of ${[...attesters].sort().join(', ')}`
  const decide = `${set.threshold} of ${set.attesters
    .map((one) => one.toLowerCase())
    .sort()
    .join(', ')}`
  if (said !== decide) throw mismatch(state, { name: 'resolver', said, actual: decide })
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
