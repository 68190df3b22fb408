import { cleanLine } from '../framework/clean-line.ts'

/** What of a training would have to change, by the code of its error. */
const REMEDIES: Readonly<Record<string, string>> = {
  NOT_FINITE:
    'smaller steps (training.learningRate), clipNorm or scaled columns in the manifest keep it finite',
}

/** Why a silo sent nothing in a round, and what becomes of that, in one line. */
export function whySkipped({
  code,
  reason,
}: {
  readonly code: string
  readonly reason: string
}): string {
  const remedy = REMEDIES[code]
  const rest = remedy === undefined ? '' : `; ${remedy}`
  return `training failed: ${cleanLine(reason)} (${code}). Nothing was sent, the last good model stays, the next round is tried again${rest}`
}
