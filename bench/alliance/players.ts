import { mirrorTargets } from '../../packages/engine/src/index.ts'
import type { AllianceDeps } from '../../packages/node/src/alliance/alliance-node.ts'
import { lyingChain } from '../../packages/node/src/alliance/mischief/lying-chain.ts'
import { silentChain } from '../../packages/node/src/alliance/mischief/silent-chain.ts'
import type { HonestUpdate } from '../../packages/node/src/silo/spoil-update.ts'

/** What malicious nodes do. Who spoils what it proposes also lies about what others propose. */
export const MISCHIEF = ['label-flip', 'sign-flip', 'lying-votes', 'silence'] as const
export type Mischief = (typeof MISCHIEF)[number]

/** The parts of a node, changed for its mischief; the node itself is an honest one's. */
export function spoiled(deps: AllianceDeps, mischief: Mischief): AllianceDeps {
  switch (mischief) {
    case 'silence':
      return { ...deps, chain: silentChain(deps.chain) }
    case 'lying-votes':
      return { ...deps, chain: lyingChain(deps.chain) }
    case 'sign-flip':
      return { ...deps, chain: lyingChain(deps.chain), spoilUpdate: async (made) => turned(made) }
    case 'label-flip': {
      const data = { ...deps.data, trained: mirrorTargets(deps.data.trained) }
      return { ...deps, chain: lyingChain(deps.chain), data }
    }
  }
}

/** As far from the global model as what was trained, in the other direction. */
function turned({ base, trained }: HonestUpdate): HonestUpdate['trained'] {
  const values = trained.values.map((value, i) => 2 * (base.values[i] ?? 0) - value)
  return { specs: trained.specs, values }
}
