import type { FederationModel } from '@fednode/engine'
import type { Manifest, Weights } from '@fednode/protocol'
import { type MemoryKind, memoryKindsOf } from './silo-memory.ts'

/** How many values of each kind a silo's memory holds, where `shared` is a global model. */
export function memoryLengths(
  manifest: Pick<Manifest, 'strategy' | 'compression' | 'training'>,
  { personal }: Pick<FederationModel, 'personal'>,
  shared: Weights,
): Readonly<Partial<Record<MemoryKind, number>>> {
  const travelling = shared.values.length
  const lengths = { control: travelling, residual: travelling, personal: personal.values.length }
  return Object.fromEntries(memoryKindsOf(manifest).map((kind) => [kind, lengths[kind]]))
}
