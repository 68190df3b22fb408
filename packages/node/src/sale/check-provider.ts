import { type Provider, providerSigner, type VoucherPlace } from '@fednode/contracts'
import { printable, UserError } from '@fednode/protocol'
import type { ProviderProof } from './provider-proof.ts'

const MS = 1_000

/**
 * An address is only told: who answers there shows that the listing's owner named it, before anything is signed or sent.
 * @param asked.peer - who answers, as noise has proven.
 * @param asked.now - Unix ms.
 * @throws {UserError} refused NOT_OWNERS_NODE.
 */
export async function checkProvider(
  { until, signature }: ProviderProof,
  asked: Omit<Provider, 'until'> & {
    readonly place: VoucherPlace
    /** Of the listing. */
    readonly owner: `0x${string}`
    readonly now: number
  },
): Promise<void> {
  const { place, listing, peer, owner, now } = asked
  const signer = await providerSigner(place, { listing, peer, until }, signature)
  if (signer?.toLowerCase() === owner.toLowerCase() && until * MS > now) return
  throw new UserError(
    'refused',
    `node ${printable(peer)} is not one that the owner of listing ${listing} (${owner.toLowerCase()}) has named`,
    {
      code: 'NOT_OWNERS_NODE',
      hint: 'Nothing was signed and no row was sent. Ask the owner for the address, and check that the clock here is right.',
    },
  )
}
