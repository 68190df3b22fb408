import { setTimeout as sleep } from 'node:timers/promises'
import { readNetworkFile } from '../../../packages/node/src/network/network-file.ts'
import type { FaultCase, FaultCases } from '../harness/fault-case.ts'
import type { Federation, Place } from '../harness/federation.ts'
import { createNatNetwork } from '../harness/nat-network.ts'
import { roundOf } from '../harness/play.ts'
import { type RelayProcess, startRelayProcess } from '../harness/relay-process.ts'
import { survive } from '../harness/survive.ts'
import { until } from '../harness/until.ts'

/** Long enough that a silo writes down what it is connected to. */
const TERMS = { silos: 3, rounds: 8 }
const INNER = ['aggregator', 'silo-1', 'silo-2', 'silo-3']
const RELAY = 'relay'
const TIMEOUT_MS = 240_000
const WAIT_MS = 120_000
const AWAY_MS = 5_000

/** Everybody behind a NAT, so that nobody can dial anybody but the relay and the chain. */
export const natCases: FaultCases = {
  'nat-relay': behindNat('both sides behind NAT, relay'),
  'nat-relay-killed': behindNat('both sides behind NAT, kill -9 of the relay', killRelay),
}

type Disturb = (federation: Federation, relay: RelayProcess) => Promise<void>

function behindNat(fault: string, disturb: Disturb = async () => {}): FaultCase {
  return async () => {
    const ways: string[] = []
    const lost = await throughRelay(async (federation, relay) => {
      await disturb(federation, relay)
      ways.push(await wayToAggregator(federation))
    })
    const notes = [...ways, ...(lost === undefined ? [] : [lost])]
    return [{ fault, tried: 1, survived: lost === undefined ? 1 : 0, notes }]
  }
}

async function throughRelay(disturb: Disturb): Promise<string | undefined> {
  const net = createNatNetwork({ inner: INNER, outer: [RELAY] })
  try {
    const relay = await startRelayProcess(net.place(RELAY))
    try {
      const place = (name: string): Place => ({ ...net.place(name), relay: relay.address })
      return await survive(
        TERMS,
        (federation) => ({
          timeoutMs: TIMEOUT_MS,
          disturb: () => disturb(federation, relay),
        }),
        { place },
      )
    } finally {
      await relay.remove()
    }
  } finally {
    net.remove()
  }
}

/** How the first silo says that it reaches the aggregator: through the relay, or directly where a hole was punched (DCUtR). */
async function wayToAggregator({ stateOf }: Federation): Promise<string> {
  let way: string | undefined
  await until(
    'silo-1 tells how it reaches the aggregator',
    async () => {
      const view = await readNetworkFile(stateOf('silo-1'))
      const ways = view?.connections.filter(({ peer }) => peer === view.aggregator)
      way = ways?.map(({ transport, address }) => `${transport} ${address}`).join(', ')
      return way !== undefined && way !== ''
    },
    WAIT_MS,
  )
  return `silo-1 reaches the aggregator by: ${way}`
}

async function killRelay(federation: Federation, { process }: RelayProcess): Promise<void> {
  await until('round 2', () => roundOf(federation) >= 2, WAIT_MS)
  process.signal('SIGKILL')
  await process.ended(WAIT_MS)
  await sleep(AWAY_MS)
  process.start()
}
