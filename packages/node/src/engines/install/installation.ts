import type { Context } from '../../framework/context.ts'

/** What every step of an installation works with. */
export type Installation = {
  /** Absolute, empty at the start; becomes the engine. */
  readonly folder: string
  /** Absolute, for what is needed only during the installation. */
  readonly scratch: string
  /** Absolute: tarballs as `npm pack` made them elsewhere, for machines that reach no registry. */
  readonly packages: string | undefined
  readonly env: Context['env']
  readonly signal: AbortSignal
  /** One line of what happens now. */
  report(line: string): void
}
