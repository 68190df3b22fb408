import { type ChainManifest, type Manifest, UserError } from '@fednode/protocol'

/**
 * The manifest, when it is one for a chain.
 * @param source - where it came from, for the error.
 * @throws {UserError} NO_CHAIN (refused) when it says that there is none.
 */
export function requireChain(manifest: Manifest, source: string): ChainManifest {
  if (manifest.chain === undefined) return manifest
  throw new UserError('refused', `${source}: this federation has no chain (chain: none)`, {
    code: 'NO_CHAIN',
    hint: 'It needs no Scenario: give the manifest itself to  fednode aggregator run  and to  fednode join.',
  })
}
