import { z } from 'zod'
import { MAX_SILOS } from '../limits.ts'
import { isPeerId } from '../peer-id.ts'
import { list, mapOf } from './fields.ts'
import type { MemberList } from './types.ts'

const nameText = 'a silo name of 1 to 40 characters a-z 0-9 -'

const peerId = z.string({ error: 'a peer id' }).refine(isPeerId, 'a peer id such as "12D3KooW…"')

/** Who takes part in a federation without a chain. */
export const memberSchema: z.ZodType<MemberList> = mapOf({
  aggregator: peerId,
  silos: list(
    mapOf({
      name: z.string({ error: nameText }).regex(/^[a-z0-9-]{1,40}$/, { error: nameText }),
      peerId,
    }),
    1,
    MAX_SILOS,
  ),
})
