import type { Place } from './federation.ts'
import { runProgram as run } from './run-program.ts'

const BRIDGE = 'fnfault0'
const PRIVATE_NET = '10.77.0'
const FIRST_HOST = 10

/** A network of its own for each participant, joined by a bridge on this machine, where the chain is. Linux, as root. */
export type FaultNetwork = {
  place(name: string): Place
  /** Runs a program in a participant's network. */
  inside(name: string, ...words: readonly string[]): void
  /** Pulls the plug of a participant. */
  cut(name: string): void
  heal(name: string): void
  remove(): void
}

/** @param net - first three numbers of its addresses. */
export function createFaultNetwork(names: readonly string[], net = PRIVATE_NET): FaultNetwork {
  const router = `${net}.1`
  const hostOf = (name: string): string => `${net}.${FIRST_HOST + names.indexOf(name)}`
  const removals: (() => void)[] = []
  const remove = (): void => {
    for (const undo of removals.splice(0).reverse()) undo()
  }
  try {
    run('ip', 'link', 'add', BRIDGE, 'type', 'bridge')
    removals.push(() => run('ip', 'link', 'del', BRIDGE))
    run('ip', 'addr', 'add', `${router}/24`, 'dev', BRIDGE)
    run('ip', 'link', 'set', BRIDGE, 'up')
    // Docker's engine drops what crosses any bridge but its own.
    const rule = ['FORWARD', '-i', BRIDGE, '-o', BRIDGE, '-j', 'ACCEPT']
    run('iptables', '-I', ...rule)
    removals.push(() => run('iptables', '-D', ...rule))
    for (const [index, name] of names.entries()) {
      removals.push(addHost({ name, index, address: hostOf(name) }))
    }
  } catch (error) {
    remove()
    throw error
  }
  return {
    place: (name) =>
      name === 'chain'
        ? { host: router, prefix: [] }
        : { host: hostOf(name), prefix: ['ip', 'netns', 'exec', spaceOf(name)] },
    inside: (name, ...words) => run('ip', 'netns', 'exec', spaceOf(name), ...words),
    cut: (name) => run('ip', 'link', 'set', plugOf(names.indexOf(name)), 'down'),
    heal: (name) => run('ip', 'link', 'set', plugOf(names.indexOf(name)), 'up'),
    remove,
  }
}

function addHost({
  name,
  index,
  address,
}: {
  readonly name: string
  readonly index: number
  readonly address: string
}): () => void {
  const [space, plug] = [spaceOf(name), plugOf(index)]
  run('ip', 'netns', 'add', space)
  run('ip', 'link', 'add', plug, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space)
  run('ip', 'link', 'set', plug, 'master', BRIDGE, 'up')
  const inside = (...words: readonly string[]): void => run('ip', '-n', space, ...words)
  inside('addr', 'add', `${address}/24`, 'dev', 'eth0')
  inside('link', 'set', 'eth0', 'up')
  inside('link', 'set', 'lo', 'up')
  // The plug goes with its namespace.
  return () => run('ip', 'netns', 'del', space)
}

function spaceOf(name: string): string {
  return `fnfault-${name}`
}

function plugOf(index: number): string {
  return `fnfault-p${index}`
}
