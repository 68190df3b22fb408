import type { NetworkEvent } from './network-events.ts'
import type { PlannedNode } from './network-plan.ts'

/** Where one node stands. */
export type NodeProgress = Pick<PlannedNode, 'name' | 'role'> & {
  readonly status: string
  readonly listens: boolean
  /** Rounds in which a node of the arena submitted its model, and a validator committed to its scores. */
  readonly submitted: number
  readonly committed: number
  readonly finished: boolean
}

/** Everything that the live view of a local network shows; made of events alone. */
export type NetworkProgress = {
  /** Rounds of the alliance, and how those that are over ended. */
  readonly rounds: number
  readonly settled: readonly {
    readonly round: number
    readonly verdict: string
    readonly model: `0x${string}`
  }[]
  readonly nodes: readonly NodeProgress[]
}

/** Progress before anything happened. */
export function initialNetworkProgress(
  nodes: readonly Pick<PlannedNode, 'name' | 'role'>[],
  rounds: number,
): NetworkProgress {
  return {
    rounds,
    settled: [],
    nodes: nodes.map(({ name, role }) => ({
      name,
      role,
      status: 'starting',
      listens: false,
      submitted: 0,
      committed: 0,
      finished: false,
    })),
  }
}

/** Progress after one more event; events of unknown nodes change nothing. */
export function advanceNetwork(
  progress: NetworkProgress,
  { name, event }: NetworkEvent,
): NetworkProgress {
  const nodes = progress.nodes.map((node) => (node.name === name ? after(node, event) : node))
  // Every participant says how a round ended; the first one counts.
  const isNews =
    event.type === 'settled' && !progress.settled.some(({ round }) => round === event.round)
  if (!isNews) return { ...progress, nodes }
  const { round, verdict, model } = event
  return { ...progress, nodes, settled: [...progress.settled, { round, verdict, model }] }
}

function after(node: NodeProgress, event: NetworkEvent['event']): NodeProgress {
  const at = 'round' in event ? `round ${event.round}: ` : ''
  switch (event.type) {
    case 'listening':
      return { ...node, listens: true, status: 'listening' }
    case 'drawn':
      return { ...node, status: `${at}${drawnText(event.role)}` }
    case 'training':
      return {
        ...node,
        status: `${at}training ${Math.round((100 * event.done) / event.total)} %`,
      }
    case 'contributed':
      return { ...node, status: `${at}contributed` }
    case 'voted':
      return { ...node, status: `${at}finds it ${event.score > 0 ? 'better' : 'not better'}` }
    case 'submitted':
      return { ...node, submitted: event.round, status: `${at}model submitted` }
    case 'committed':
      return { ...node, committed: event.round, status: `${at}committed to its scores` }
    case 'revealed':
      return { ...node, status: `${at}revealed` }
    case 'settled':
      return { ...node, status: `${at}${event.verdict}` }
    case 'ended':
      return { ...node, status: `${at}${event.place ? `place ${event.place}` : event.result}` }
    case 'stake-low':
      return { ...node, status: 'too little stake: let go at the next round' }
    case 'trouble':
      return { ...node, status: `trouble: ${event.code}` }
    case 'finished':
      return { ...node, finished: true, status: 'finished' }
  }
}

/** Alliances draw roles, the arena draws who scores what. */
function drawnText(role: string | undefined): string {
  if (role === undefined) return 'scores models'
  return role === 'none' ? 'not drawn' : `drawn as ${role}`
}
