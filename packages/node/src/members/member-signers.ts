import type { EvidenceSigners } from '@fednode/aggregator'
import type { MemberManifest } from '@fednode/protocol'
import { createMemberRegistry } from './member-registry.ts'

/** Whom the evidence of a federation without a chain is held to: the members that its manifest lists. */
export function memberSigners(manifest: MemberManifest): EvidenceSigners {
  const registry = createMemberRegistry(manifest)
  const members = new Map(registry.members().map((member) => [member.name, member]))
  return { federator: registry.federatorPeerId, memberOf: (silo) => members.get(silo) }
}
