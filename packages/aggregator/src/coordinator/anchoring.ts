import type { ChainWork } from '../journal/chain-task.ts'
import type { CoordinatorDeps } from './coordinator.ts'

/** What a chain is to hear of a round; nothing where there is none. */
export function anchoring(
  { chain }: Pick<CoordinatorDeps, 'chain'>,
  work: readonly ChainWork[],
): readonly ChainWork[] {
  return chain === undefined ? [] : work
}
