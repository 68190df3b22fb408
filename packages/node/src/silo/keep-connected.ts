import { setTimeout as sleep } from 'node:timers/promises'
import { FedError } from '@fednode/protocol'
import { checkSiloMessage } from './check-silo-message.ts'
import type { SiloRun } from './silo.ts'
import { expectationOf } from './silo-rules.ts'
import { takeMessage } from './take-message.ts'

/** How often the connection is looked at, in ms. */
const CHECK_INTERVAL_MS = 500
/** Waits between tries: doubled from the first to the last, then every so often for ever. */
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000

/**
 * Holds the connection to the aggregator until the signal fires: dials, asks what was missed, and dials again when it is gone. An
 * aggregator that moved is found through the chain or through other members. Never gives up; says `waiting` once per outage.
 */
export async function keepConnected(run: SiloRun): Promise<void> {
  const { deps, host, signal } = run
  let retryMs = FIRST_RETRY_MS
  let isSaid = false
  while (!signal.aborted) {
    if (host.isConnected(deps.registry.federatorPeerId)) {
      retryMs = FIRST_RETRY_MS
      isSaid = false
      await rest(CHECK_INTERVAL_MS, signal)
      continue
    }
    if (await dial(run)) continue
    if (!isSaid) deps.onEvent({ type: 'waiting', for: 'aggregator' })
    isSaid = true
    await rest(retryMs, signal)
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)
  }
}

/** Asks the aggregator for its latest messages: gossip may have missed us. */
export async function catchUp(run: SiloRun): Promise<void> {
  const { deps, host, options, state } = run
  const federator = deps.registry.federatorPeerId
  if (!host.isConnected(federator)) return
  try {
    const words = await host.sync(federator)
    run.clock.look(words.filter(({ sender }) => sender === federator))
    for (const signed of words) {
      // Age does not matter here: the aggregator itself says that this is its latest word.
      const expected = { ...expectationOf(options, deps, state), now: signed.message.sentAt }
      if (checkSiloMessage(signed, expected).action === 'accept') takeMessage(run, signed)
    }
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    deps.logger.debug({ code: error.code }, 'the aggregator did not say what was missed')
  }
}

/** Dials the aggregator wherever it may be; when it is nowhere, other members, who know more addresses. */
async function dial(run: SiloRun): Promise<boolean> {
  const { deps, host, signal } = run
  const federator = deps.registry.federatorPeerId
  try {
    const own = await addressesOfAggregator(run)
    if (own.length > 0) await host.connect(own)
    if (host.isConnected(federator)) await catchUp(run)
  } catch (error) {
    if (signal.aborted) return false
    if (!(error instanceof FedError)) throw error
    deps.logger.warn({ code: error.code, reason: error.message }, 'cannot reach the aggregator')
  }
  if (!host.isConnected(federator)) await dialOthers(run)
  return host.isConnected(federator)
}

/** What the chain, the administrator and other members say; hints, so only addresses that name the federator's key are dialled. */
async function addressesOfAggregator({ deps, host }: SiloRun): Promise<readonly string[]> {
  const federator = deps.registry.federatorPeerId
  const all = [
    ...(await deps.readEndpoint()),
    ...(deps.bootstrap ?? []),
    ...host.addressesOf(federator),
  ]
  return [...new Set(all)].filter((address) => address.endsWith(`/p2p/${federator}`))
}

async function dialOthers({ deps, host, signal }: SiloRun): Promise<void> {
  if (host.connectedMembers().length > 0) return
  const others = (deps.bootstrap ?? []).filter(
    (address) => !address.endsWith(`/p2p/${deps.registry.federatorPeerId}`),
  )
  for (const address of others) {
    try {
      await host.connect([address])
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof FedError)) throw error
      deps.logger.debug({ code: error.code, address }, 'a member could not be reached')
    }
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  // Aborting is how the rest ends early; nothing else rejects here.
  await sleep(ms, undefined, { signal }).catch(() => {})
}
