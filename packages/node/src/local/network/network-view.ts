import { createLogUpdate } from 'log-update'
import type { Writer } from '../../framework/context.ts'
import { jsonLines } from '../../framework/json-lines.ts'
import { factLine } from '../terminal/run-view.ts'
import type { NetworkProgress } from './network-progress.ts'

/** Time between two frames, in ms. */
const FRAME_MS = 150
const DEFAULT_COLUMNS = 80
const ROLES = {
  alliance: 'alliance',
  'arena-node': 'arena node',
  'arena-validator': 'arena validator',
} as const

/** Shows a local network while it runs; everything goes to stderr. */
export type NetworkView = {
  /** A line that stays: `label` is one word, `text` says what happened. */
  fact(label: string, text: string): void
  /** What the live part shows from now on. */
  show(progress: NetworkProgress): void
  /** Ends the live part. May be called twice. */
  close(): void
}

/** A view that redraws a line for each node in place; for terminals. */
export function createLiveNetworkView(stream: NodeJS.WriteStream): NetworkView {
  const log = createLogUpdate(stream)
  let shown: NetworkProgress | undefined
  const timer = setInterval(() => {
    if (shown === undefined) return
    log(networkFrame(shown, stream.columns ?? DEFAULT_COLUMNS).join('\n'))
  }, FRAME_MS)
  timer.unref()
  return {
    fact: (label, text) => log.persist(factLine(label, text)),
    show(progress) {
      shown = progress
    },
    close() {
      clearInterval(timer)
      if (shown !== undefined) log.clear()
      shown = undefined
      log.done()
    },
  }
}

/** A view that only ever adds lines; for files, pipes and continuous integration. */
export function createPlainNetworkView(stream: Writer): NetworkView {
  return {
    fact: (label, text) => void stream.write(`${factLine(label, text)}\n`),
    show() {},
    close() {},
  }
}

/** A view that adds one JSON event a line; for scripts, which ask for --json. */
export function createJsonNetworkView(stream: Writer): NetworkView {
  const say = jsonLines(stream)
  let told = 0
  return {
    fact: (label, text) => say({ type: 'fact', label, text }),
    show({ settled, rounds }) {
      for (const end of settled.slice(told)) say({ type: 'settled', rounds, ...end })
      told = settled.length
    },
    close() {},
  }
}

/** The lines of the live view: how far the alliance is, then one line for each node; none longer than the terminal is wide. */
export function networkFrame(
  { rounds, settled, nodes }: NetworkProgress,
  columns: number,
): readonly string[] {
  const width = Math.max(...nodes.map(({ name }) => name.length))
  const roleWidth = Math.max(...Object.values(ROLES).map((role) => role.length))
  const lines = nodes.map(
    ({ name, role, status }) =>
      `  ${name.padEnd(width)}  ${ROLES[role].padEnd(roleWidth)}  ${status}`,
  )
  return [`Alliance: ${settled.length} of ${rounds} rounds over`, ...lines].map((line) =>
    line.slice(0, columns),
  )
}
