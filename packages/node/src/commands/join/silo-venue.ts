import {
  type ChainAccount,
  createRegistry,
  type Registry,
  readAssertions,
  readLease,
  readScenario,
} from '@fednode/contracts'
import { type AddressText, FedError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { ScenarioPlan } from '../../plan/plan.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import type { Anchors } from '../../silo/watch-anchors.ts'

/** Where a silo takes part: in a Scenario on a chain, or by a manifest alone. */
export type SiloVenue = {
  readonly chainId: number
  readonly scenario: AddressText
  readonly registry: Registry
  /** Whether members may still come. */
  readonly registering: boolean
  /** Where the aggregator says it listens; empty where nobody says so. */
  readEndpoint(): Promise<readonly string[]>
  /** Absent without a chain. */
  readTerm?(): Promise<number | undefined>
  readAnchors?(): Promise<Anchors>
}

/** A Scenario on a chain. @throws {ChainError} when the chain does not answer. */
export async function siloVenue(
  account: ChainAccount,
  plan: ScenarioPlan,
  { signal, logger }: Pick<Context, 'signal' | 'logger'>,
): Promise<SiloVenue> {
  const { address, phase } = plan.state
  const scenario: AddressText = `0x${address.slice(2).toLowerCase()}`
  return {
    chainId: account.chainId,
    scenario,
    registry: await unlessStopped(signal, () =>
      createRegistry({ reader: account, scenario, logger }),
    ),
    registering: phase === 'registering',
    readEndpoint: endpointReader(account, plan),
    readTerm: async () => (await readLease(account, { scenario: plan.state.address }))?.term,
    readAnchors: () => readAssertions(account, { scenario }),
  }
}

/** The aggregator's addresses from the chain; while the RPC is down, those known last. */
function endpointReader(
  account: ChainAccount,
  { state }: ScenarioPlan,
): () => Promise<readonly string[]> {
  let known = split(state.endpoint)
  return async () => {
    try {
      const { endpoint } = await readScenario(account, { scenario: state.address })
      known = split(endpoint)
    } catch (error) {
      if (!(error instanceof FedError)) throw error
    }
    return known
  }
}

function split(endpoint: string): readonly string[] {
  return endpoint.split(',').filter((address) => address !== '')
}
