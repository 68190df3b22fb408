import type { Cid, HostRules, SignedMessage } from '@fednode/protocol'
import { checkSiloMessage, type MessageExpectation } from './check-silo-message.ts'
import type { Signalled } from './signalled.ts'
import type { SiloDeps, SiloOptions } from './silo.ts'
import type { SiloState } from './silo-state.ts'

/** What the host of a silo asks: members of the Scenario may connect, the aggregator alone may have updates (T1, T10). */
export function siloRules(
  options: SiloOptions,
  deps: Pick<SiloDeps, 'registry' | 'now'>,
  own: {
    readonly state: Signalled<SiloState>
    readonly served: { readonly models: ReadonlySet<Cid>; readonly updates: ReadonlySet<Cid> }
    onMessage(signed: SignedMessage): void
    latestMessages(): readonly SignedMessage[]
  },
): HostRules {
  const { registry } = deps
  return {
    isMember: (peer) => registry.isMember(peer),
    checkMessage: (signed) => checkSiloMessage(signed, expectationOf(options, deps, own.state)),
    onMessage: own.onMessage,
    mayServe(peer, cid) {
      if (peer === registry.federatorPeerId)
        return own.served.updates.has(cid) || own.served.models.has(cid)
      return own.served.models.has(cid) && registry.memberOf(peer) !== undefined
    },
    latestMessages: own.latestMessages,
  }
}

/** What a message must match now. */
export function expectationOf(
  { chainId, scenario }: SiloOptions,
  { registry, now }: Pick<SiloDeps, 'registry' | 'now'>,
  state: Signalled<SiloState>,
): MessageExpectation {
  return {
    chainId,
    scenario,
    now: now(),
    term: state.get().rounds.term,
    federator: registry.federatorPeerId,
    nameOf: (peer) => registry.memberOf(peer)?.name,
  }
}
