import { ALLIANCE_STRATEGIES } from '@fednode/aggregator'
import { digestOfCid, UserError } from '@fednode/protocol'
import type { Plan } from '../plan/plan.ts'

/**
 * Refuses a manifest that an alliance cannot follow: nobody is there to pool statistics or to keep a server's state, and the chain has the
 * digest of one manifest only.
 * @param digest - terms.manifest of the alliance; absent before there is one.
 * @throws {UserError} usage: OTHER_MANIFEST, NOT_FOR_ALLIANCES.
 */
export function checkAlliancePlan({ manifest, cid, source }: Plan, digest?: string): void {
  if (digest !== undefined && digestOfCid(cid) !== digest) {
    throw new UserError('usage', `${source} is not the manifest of this alliance`, {
      code: 'OTHER_MANIFEST',
      hint: `The chain has the digest ${digest}; this file's is ${digestOfCid(cid)}. Ask who created the alliance for its file.`,
    })
  }
  const names: readonly string[] = ALLIANCE_STRATEGIES
  if (!names.includes(manifest.strategy.name)) {
    throw unfit(
      `${source}: strategy.name "${manifest.strategy.name}" needs a server, and an alliance has none`,
      `Take one of ${names.join(', ')}; a median is hardest to spoil.`,
    )
  }
  if (manifest.preprocessing !== undefined) {
    throw unfit(
      `${source}: preprocessing pools statistics at an aggregator, and an alliance has none`,
      'fednode federation init --own-scales  writes a manifest with the scales of its file.',
    )
  }
}

function unfit(message: string, hint: string): UserError {
  return new UserError('usage', message, { code: 'NOT_FOR_ALLIANCES', hint })
}
