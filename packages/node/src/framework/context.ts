import type { Logger } from '@fednode/protocol'
import type { Reach } from '../debug/fault-step.ts'

/** Where text goes; a process stream or a test's buffer. */
export type Writer = { write(text: string): unknown }

/** What a command may touch of the process it runs in. Built once, in bin.ts, or by a test. */
export type Io = {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: Writer
  readonly stderr: Writer
  readonly isTty: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }
  /** Width of the terminal on stdout; undefined where there is none. */
  readonly columns?: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Fires once: Ctrl-C, SIGTERM, or the parent that started us is gone. */
  readonly signal: AbortSignal
  /** Unix ms. */
  now(): number
}

/** What a handler gets besides its options. */
export type Context = Io & {
  readonly logger: Logger
  /** --json: stdout carries one envelope, or NDJSON events for a command with `output: 'stream'`. */
  readonly json: boolean
  /** Only in tests of faults: told of every step of a round. */
  readonly reach?: Reach
  /** One NDJSON line on stdout with --json; nothing without. */
  emit(event: object): void
}
