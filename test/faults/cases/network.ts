import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCases } from '../harness/fault-case.ts'
import { freePort } from '../harness/free-port.ts'
import { createFaultNetwork, type FaultNetwork } from '../harness/network.ts'
import { once } from '../harness/once.ts'
import { roundOf, type Script } from '../harness/play.ts'
import { startSlowLine } from '../harness/slow-line.ts'
import { survive } from '../harness/survive.ts'
import { until } from '../harness/until.ts'

const TERMS = { silos: 3, rounds: 4 }
const NAMES = ['aggregator', 'silo-1', 'silo-2', 'silo-3']
const TIMEOUT_MS = 240_000
const ROUND_MS = 90_000
const CUT_MS = 20_000
const DELAY_MS = 200
const LOSS = ['-m', 'statistic', '--mode', 'random', '--probability', '0.1', '-j', 'DROP']
const DIALLED = ['!', '-i', 'lo', '-m', 'conntrack', '--ctstate', 'NEW', '-j', 'DROP']
const RATE = ['tbf', 'rate', '1mbit', 'burst', '32kbit', 'latency', '400ms']

/** Lossy, slow and cut lines between networks of their own. */
export const networkCases: FaultCases = {
  'packet-loss': once('10 % packet loss', () =>
    through((net) => each(net, ['iptables', '-A', 'INPUT', ...LOSS])),
  ),
  'slow-line': once('1 Mbit/s', () =>
    through((net) => each(net, ['tc', 'qdisc', 'add', 'dev', 'eth0', 'root', ...RATE])),
  ),
  'closed-silos': once('silos that nobody can dial', () => through(closeSilos)),
  latency: once('200 ms latency', late),
  'partition-silo': once('partition of a silo', () => through(() => {}, cutting('silo-2'))),
  'partition-aggregator': once('partition of the aggregator', () =>
    through(() => {}, cutting('aggregator')),
  ),
}

function each(net: FaultNetwork, words: readonly string[]): void {
  for (const name of NAMES) net.inside(name, ...words)
}

/** As behind a hospital's firewall or NAT: a silo dials, and nobody dials it. */
function closeSilos(net: FaultNetwork): void {
  for (const name of NAMES.slice(1)) net.inside(name, 'iptables', '-A', 'INPUT', ...DIALLED)
}

/** Plays a federation whose participants have networks of their own. */
async function through(
  spoil: (net: FaultNetwork) => void,
  disturb?: (net: FaultNetwork, round: () => number) => Promise<void>,
): Promise<string | undefined> {
  const net = createFaultNetwork(NAMES)
  try {
    spoil(net)
    return await survive(
      TERMS,
      (federation): Script => ({
        timeoutMs: TIMEOUT_MS,
        ...(disturb === undefined
          ? {}
          : { disturb: () => disturb(net, () => roundOf(federation)) }),
      }),
      { place: net.place },
    )
  } finally {
    net.remove()
  }
}

/** Nobody reaches it, and it reaches neither the others nor the chain, for a while in the middle of a round. */
function cutting(name: string) {
  return async (net: FaultNetwork, round: () => number): Promise<void> => {
    await until('round 2', () => round() >= 2, ROUND_MS)
    net.cut(name)
    await sleep(CUT_MS)
    net.heal(name)
  }
}

/** Every silo reaches the aggregator over a line that delivers late. */
async function late(): Promise<string | undefined> {
  const port = await freePort()
  const line = await startSlowLine(port, DELAY_MS)
  const loopback = { host: '127.0.0.1', prefix: [] }
  const place = (name: string) =>
    name === 'aggregator'
      ? { ...loopback, port, announce: `/ip4/127.0.0.1/tcp/${line.port}` }
      : loopback
  try {
    return await survive(TERMS, () => ({ timeoutMs: TIMEOUT_MS }), { place })
  } finally {
    line.stop()
  }
}
