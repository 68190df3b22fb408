import { cleanLine } from './clean-line.ts'
import type { Failure } from './failure.ts'

const INDENT = ' '.repeat('fednode: '.length)

/**
 * The error as UX.md prints it: what happened, then what to do, then the exit code.
 * Nothing that a peer wrote reaches the terminal raw (T23).
 */
export function formatFailure(failure: Failure): string {
  const hint = failure.hint ?? (failure.stack === undefined ? undefined : BUG_HINT)
  const lines = [...splitLines(failure.message), ...(hint === undefined ? [] : splitLines(hint))]
    .map(cleanLine)
    .map((line, index) => (index === 0 ? `fednode: ${line}` : `${INDENT}${line}`))
  const stack =
    failure.stack === undefined ? '' : `${splitLines(failure.stack).map(cleanLine).join('\n')}\n`
  return `${stack}${lines.join('\n')}   [exit ${failure.exitCode}]\n`
}

const BUG_HINT = 'This is a defect of fednode: please report it with the lines above.'

function splitLines(text: string): readonly string[] {
  return text.split(/\r?\n/)
}
