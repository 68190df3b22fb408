import { meanPoolAbi } from '../../../../../src/generated/mean-pool.ts'
import { scenarioAbi } from '../../../../../src/generated/scenario.ts'
import type { Season } from './season-cast.ts'

/** How often what happened, by the names of the events; a dispute's end has its outcome with it. */
export async function eventCounts(season: Season): Promise<ReadonlyMap<string, number>> {
  const { reader, scenario, pool } = season
  const events = (
    await Promise.all([
      reader.public.getContractEvents({
        address: scenario,
        abi: scenarioAbi,
        fromBlock: 0n,
        strict: true,
      }),
      reader.public.getContractEvents({
        address: pool,
        abi: meanPoolAbi,
        fromBlock: 0n,
        strict: true,
      }),
    ])
  ).flat()
  const counts = new Map<string, number>()
  for (const event of events) {
    const { eventName } = event
    const name = eventName === 'DisputeResolved' ? `upheld: ${event.args.upheld}` : eventName
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
