import { type Address, zeroAddress, zeroHash } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader, ScenarioAssertion, ScenarioState } from '../types.ts'

type RoundTerms = Pick<
  ScenarioState,
  'activeClients' | 'scheduledPot' | 'assertion' | 'bonds' | 'pausedUntil'
>

/** What holds for the present round of a Scenario: who takes part, what it must hold and stake, what is anchored. */
export async function readRoundTerms(
  reader: ChainReader,
  at: { readonly address: Address; readonly blockNumber: bigint },
): Promise<RoundTerms> {
  const contract = { ...at, abi: scenarioAbi } as const
  const round = await reader.public.readContract({ ...contract, functionName: 'currentRound' })
  const [activeClients, pausedUntil, anchored, assertion, dispute, scheduledPot] =
    await Promise.all([
      reader.public.readContract({ ...contract, functionName: 'activeClients' }),
      reader.public.readContract({ ...contract, functionName: 'pausedUntil' }),
      reader.public.readContract({ ...contract, functionName: 'assertion' }),
      reader.public.readContract({ ...contract, functionName: 'assertionBond' }),
      reader.public.readContract({ ...contract, functionName: 'disputeBond' }),
      round === 0
        ? 0n
        : reader.public.readContract({ ...contract, functionName: 'scheduledPot', args: [round] }),
    ])
  return {
    activeClients,
    scheduledPot,
    assertion: anchored.sharesHash === zeroHash ? null : assertionOf(anchored),
    bonds: { assertion, dispute },
    pausedUntil,
  }
}

type Anchored = Omit<ScenarioAssertion, 'disputer' | 'resolvableAt'> & {
  readonly disputer: Address
  readonly resolvableAt: number
}

function assertionOf({ disputer, resolvableAt, ...anchored }: Anchored): ScenarioAssertion {
  const { sharesHash, bond, disputeBond } = anchored
  return {
    sharesHash,
    bond,
    disputer: disputer === zeroAddress ? null : disputer,
    disputeBond,
    resolvableAt: BigInt(resolvableAt),
  }
}
