import { printable } from '@fednode/protocol'
import type { Check } from './check.ts'
import type { Verification } from './verify-scenario.ts'

/** Lines of one kind that are shown of a round; --json has all. */
const MOST_LINES = 5
const CHECK_WIDTH = 10

/** A verification as it is read: one line a check, and how many failed. */
export function verificationText(verification: Verification): string {
  const { scenario, checks, recomputed, alone } = verification
  const rounds = [...new Set(checks.map(({ round }) => round))]
  const failed = checks.filter(({ status }) => status === 'FAIL').length
  const skipped = checks.filter(({ status }) => status === 'SKIP').length
  return [
    `Scenario ${scenario}`,
    ...(alone === undefined ? [] : [`only what is here: ${alone}`]),
    ...rounds.flatMap((round) => ['', `round ${round}`, ...linesOf(checks, round)]),
    '',
    `${checks.length} checks: ${failed} failed, ${skipped} skipped`,
    ...(recomputed ? [] : ['not all rounds were made again: what was skipped is not proven']),
  ].join('\n')
}

function linesOf(checks: readonly Check[], round: number): string[] {
  const own = checks.filter((one) => one.round === round)
  return [...new Set(own.map(({ check }) => check))].flatMap((name) => {
    const lines = own.filter(({ check }) => check === name)
    const rest = lines.length - MOST_LINES
    const shown = lines.slice(0, MOST_LINES).map(lineOf)
    return rest > 0
      ? [...shown, `      ${name.padEnd(CHECK_WIDTH)} and ${rest} more (--json)`]
      : shown
  })
}

function lineOf({ status, check, detail, code }: Check): string {
  const named = code === undefined ? '' : `${code}: `
  return `${status}  ${check.padEnd(CHECK_WIDTH)} ${named}${printable(detail)}`
}
