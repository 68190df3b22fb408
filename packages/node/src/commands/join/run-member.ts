import type { ChainAccount } from '@fednode/contracts'
import type { PeerKey } from '@fednode/protocol'
import { answers } from '../../chain/answers.ts'
import { type ChainClock, createChainClock } from '../../chain/chain-clock.ts'
import { connectAs } from '../../chain/connect-as.ts'
import type { Context } from '../../framework/context.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { runObserved } from '../../metrics/run-observed.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import type { JoinOptions } from './handler.ts'

/** Who takes part in an alliance or a task: the account that stakes and votes, by its chain's clock, and the key of its node. */
export type Self = {
  readonly account: ChainAccount
  readonly clock: ChainClock
  readonly peerKey: PeerKey
}

/**
 * Connects as the data directory's account, observed as a daemon, and lets it take part.
 * @throws as startMonitor, loadPeerKey, connectAs, and what `takePart` throws.
 */
export async function runMember(
  options: JoinOptions,
  context: Context,
  takePart: (self: Self) => Promise<void>,
): Promise<undefined> {
  return runObserved({ options, context, needs: ['chain'] }, async (monitor) => {
    const peerKey = await loadPeerKey(options.directory)
    const account = await unlessStopped(context.signal, () => connectAs(options, context))
    try {
      monitor.meet('chain', () => answers(account))
      await takePart({ account, clock: createChainClock(account, context), peerKey })
    } finally {
      await account.close()
    }
  })
}
