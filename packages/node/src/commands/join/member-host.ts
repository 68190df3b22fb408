import {
  type AddressText,
  type BlobStore,
  createHost,
  type Host,
  type HostRules,
} from '@fednode/protocol'
import type { AuditLog } from '../../audit/open-audit-log.ts'
import type { Context } from '../../framework/context.ts'
import { networkOf } from '../../network/network-of.ts'
import type { JoinOptions } from './handler.ts'
import type { Self } from './run-member.ts'

/** Whose host it is, and where. */
export type MemberHostOptions = Self & {
  readonly options: JoinOptions
  /** See allianceScope, taskScope. */
  readonly scope: AddressText
  /** How many others it stays connected to: everybody may have to fetch from everybody, since who does what is drawn anew each round. */
  readonly neighbours: number
}

/** The libp2p host of who takes part in an alliance or a task: what leaves goes through the audit log. */
export function memberHost(
  { account, peerKey, options, scope: scenario, neighbours }: MemberHostOptions,
  {
    rules,
    blobs,
    audit,
  }: {
    readonly rules: HostRules
    readonly blobs: BlobStore
    readonly audit: Pick<AuditLog, 'record'>
  },
  { logger, now }: Pick<Context, 'logger' | 'now'>,
): Host {
  const { chainId } = account
  return createHost(
    { peerKey, ...networkOf(options), neighbours, chainId, scenario, blobs },
    { rules, logger: logger.child({ part: 'host' }), clock: now, onDeparture: audit.record },
  )
}
