import { createScenario, setAllowed } from '@fednode/contracts'
import { type Cid, encodeManifest } from '@fednode/protocol'
import type { Address } from 'viem'
import { prepareResolver } from '../plan/prepare-resolver.ts'
import { scenarioParams } from '../plan/scenario-params.ts'
import type { Cast } from './cast.ts'
import type { LocalChain } from './local-chain.ts'
import type { FederationPlan } from './plan.ts'

/** A federation on the local chain that its silos may join. */
export type LocalFederation = { readonly scenario: Address; readonly manifestCid: Cid }

/** Creates the Scenario of a plan and allows its silos to register. */
export async function createFederation(
  plan: FederationPlan,
  chain: LocalChain,
  cast: Cast,
): Promise<LocalFederation> {
  const { account, peerKey } = cast.federator
  const manifest = encodeManifest(plan.manifest)
  const { timestamp } = await account.public.getBlock({ blockTag: 'pending' })
  const { resolver } = await prepareResolver(account, plan.manifest)
  const created = await createScenario(account, {
    orchestrator: chain.orchestrator,
    params: scenarioParams(plan.manifest, {
      currency: chain.currency,
      peerKey: peerKey.publicKey,
      now: timestamp,
      resolver,
    }),
    manifest: manifest.bytes,
    endpoint: '',
  })
  chain.record('create the Scenario', created)
  const { scenario } = created
  if (!plan.manifest.registration.open) {
    const accounts = [...cast.silos.values()].map(({ address }) => address)
    chain.record(
      'allow the silos',
      await setAllowed(account, { scenario, accounts, allowed: true }),
    )
  }
  return { scenario, manifestCid: manifest.cid }
}
