import type { AddressText } from '@fednode/protocol'
import { z } from 'zod'

/** Roles of nodes that vote, as `join --role` has them. */
const ROLES = ['alliance', 'arena-node', 'arena-validator'] as const

/** What a node that votes takes part in, and as whom. */
export type KeptPlace = {
  /** As people write it: alliance:1, arena:3. */
  readonly name: `${'alliance' | 'arena'}:${string}`
  readonly role: (typeof ROLES)[number]
  /** Lower case. */
  readonly account: AddressText
}

/** The place of an account, as addresses are kept. @param name - alliance:1, arena:3. */
export function keptPlace(
  name: string,
  role: KeptPlace['role'],
  { address }: { readonly address: string },
): KeptPlace {
  return keptPlaceSchema.parse({ name, role, account: address.toLowerCase() })
}

/** A place as it lies in a journal. */
export const keptPlaceSchema: z.ZodType<KeptPlace> = z.strictObject({
  name: z.custom<KeptPlace['name']>((text) => /^(alliance|arena):\d{1,15}$/.test(String(text))),
  role: z.enum(ROLES),
  account: z.custom<AddressText>((text) => /^0x[0-9a-f]{40}$/.test(String(text))),
})
