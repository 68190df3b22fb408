import { createFaultNetwork, type FaultNetwork } from './network.ts'
import { runProgram } from './run-program.ts'

/** Looks public to whoever sorts addresses (private ones are not told to strangers, nor punched); on this machine's bridge only. */
const PUBLIC_NET = '44.77.0'
/** Behind every NAT the same addresses, as at home: one that leaks out means somebody else there. */
const INNER_NET = '192.168.7'
const INNER_ROUTER = `${INNER_NET}.1`
const INNER_HOST = `${INNER_NET}.2`

/**
 * A network in which each of `inner` is behind a router of its own that masquerades (Linux netfilter: a mapping for each outgoing connection,
 * answers come in, nothing else does), and each of `outer` has an address that all can dial, as the chain has.
 */
export function createNatNetwork(names: {
  readonly inner: readonly string[]
  readonly outer: readonly string[]
}): FaultNetwork {
  const { inner, outer } = names
  const net = createFaultNetwork([...inner.map(routerOf), ...outer], PUBLIC_NET)
  const spaces: string[] = []
  const remove = (): void => {
    for (const space of spaces.splice(0)) runProgram('ip', 'netns', 'del', space)
    net.remove()
  }
  try {
    for (const name of inner) {
      runProgram('ip', 'netns', 'add', spaceOf(name))
      spaces.push(spaceOf(name))
      addInside(net, name)
    }
  } catch (error) {
    remove()
    throw error
  }
  const outerNameOf = (name: string): string => (inner.includes(name) ? routerOf(name) : name)
  return {
    place: (name) =>
      inner.includes(name)
        ? { host: INNER_HOST, prefix: ['ip', 'netns', 'exec', spaceOf(name)] }
        : net.place(name),
    inside: (name, ...words) =>
      inner.includes(name)
        ? runProgram('ip', 'netns', 'exec', spaceOf(name), ...words)
        : net.inside(name, ...words),
    cut: (name) => net.cut(outerNameOf(name)),
    heal: (name) => net.heal(outerNameOf(name)),
    remove,
  }
}

/** Puts a participant behind its router. */
function addInside(net: FaultNetwork, name: string): void {
  const space = spaceOf(name)
  const router = (...words: readonly string[]): void => net.inside(routerOf(name), ...words)
  const host = (...words: readonly string[]): void => runProgram('ip', '-n', space, ...words)
  router('ip', 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space)
  router('ip', 'addr', 'add', `${INNER_ROUTER}/24`, 'dev', 'lan')
  router('ip', 'link', 'set', 'lan', 'up')
  host('addr', 'add', `${INNER_HOST}/24`, 'dev', 'eth0')
  host('link', 'set', 'eth0', 'up')
  host('link', 'set', 'lo', 'up')
  host('route', 'add', 'default', 'via', INNER_ROUTER)
  router('sysctl', '-qw', 'net.ipv4.ip_forward=1')
  router('iptables', '-t', 'nat', '-A', 'POSTROUTING', '-o', 'eth0', '-j', 'MASQUERADE')
  router('iptables', '-P', 'FORWARD', 'DROP')
  const answers = ['-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED']
  router('iptables', '-A', 'FORWARD', '-i', 'eth0', ...answers, '-j', 'ACCEPT')
  // Private addresses of other networks lead nowhere, and nobody says so.
  router('iptables', '-A', 'FORWARD', '-i', 'lan', '-d', `${PUBLIC_NET}.0/24`, '-j', 'ACCEPT')
}

function routerOf(name: string): string {
  return `${name}-nat`
}

function spaceOf(name: string): string {
  return `fnfault-${name}`
}
