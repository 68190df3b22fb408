import path from 'node:path'
import { address } from '../framework/value-type.ts'
import type { Plan } from './plan.ts'
import { readPlanFile } from './read-plan-file.ts'

/** Reads a plan from a file, or from the chain when `target` is the address of a Scenario. */
export async function resolvePlan(
  target: string,
  options: { readonly cwd: string; readonly rpc: string; readonly chainId: number | undefined },
): Promise<Plan> {
  const scenario = address.parse(target)
  if (scenario === undefined) return readPlanFile(path.resolve(options.cwd, target))
  // Only here: a plan in a file needs no chain.
  const { connectChain } = await import('@fednode/contracts')
  const { readScenarioPlan } = await import('./read-scenario-plan.ts')
  const { rpc, chainId } = options
  const reader = await connectChain({ rpcUrl: rpc, ...(chainId === undefined ? {} : { chainId }) })
  try {
    return await readScenarioPlan(reader, { scenario })
  } finally {
    await reader.close()
  }
}
