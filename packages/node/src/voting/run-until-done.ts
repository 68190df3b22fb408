import type { VotingNode } from './voting-node.ts'

/** Runs a node until all rounds are over or the signal fires; it is stopped in either case. @throws what start and done reject with. */
export async function runUntilDone(node: VotingNode, signal: AbortSignal): Promise<void> {
  signal.addEventListener('abort', () => void node.stop())
  try {
    await node.start()
    if (signal.aborted) await node.stop()
    await node.done
  } finally {
    await node.stop()
  }
}
