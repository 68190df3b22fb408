import type { Context } from '../../../framework/context.ts'

/** Where nobody says how wide it is, and for files. */
const DEFAULT_COLUMNS = 80
const MIN_COLUMNS = 40
/** Wider is no easier to read. */
const MAX_COLUMNS = 160

/** What the terminal can show: its width, and whether it draws more than ASCII (POSIX locale variables, TERM=dumb). */
export function chartTerminal({
  columns = DEFAULT_COLUMNS,
  env,
}: Pick<Context, 'columns' | 'env'>): {
  readonly columns: number
  readonly unicode: boolean
} {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(
    (value) => value !== undefined && value !== '',
  )
  return {
    columns: Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns)),
    unicode: env.TERM !== 'dumb' && /utf-?8/i.test(locale ?? ''),
  }
}
