import { headlineLabel, headlineText } from '../../../framework/headline-metric.ts'
import { bytesText, countText, percentText, signedText } from '../../../framework/number-text.ts'
import { textTable } from '../../../framework/text-table.ts'
import { describeLeftOut } from '../../../silo/describe-left-out.ts'
import type { SiloRound } from '../../../silo/read-silo-journal.ts'

/** A round as the silo saw it, with the bytes of the global model, and of all that left for it. */
export type MeasuredRound = SiloRound & {
  readonly receivedBytes: number
  readonly sentBytes: number
}

/** What one silo knows of its rounds: what it did, what came of it, and why it was not counted. */
export function describeSiloRounds(rounds: readonly MeasuredRound[]): string {
  if (rounds.length === 0) return 'this silo has not played a round yet'
  const table = textTable(
    [
      'round',
      headlineLabel(rounds.flatMap(({ result }) => (result === undefined ? [] : [result]))),
      'loss',
      'samples',
      'train',
      'received',
      'sent',
      'contribution',
      'share',
      'update',
    ],
    rounds.map(({ round, result, samples, trainMs, accepted, receivedBytes, sentBytes }) => [
      String(round),
      headlineText(result?.metrics),
      result?.loss.toFixed(3) ?? '-',
      samples === undefined ? '-' : countText(samples),
      trainMs === undefined ? '-' : `${(trainMs / 1e3).toFixed(2)}s`,
      bytesText(receivedBytes),
      bytesText(sentBytes),
      result === undefined ? '-' : signedText(result.shapley),
      result === undefined ? '-' : percentText(result.share),
      samples === undefined ? 'none' : receiptText(accepted),
    ]),
    { textColumns: [9] },
  )
  return [table, ...rounds.flatMap(leftOutLine), ...rounds.flatMap(anchorWarning)].join('\n')
}

function leftOutLine({ round, result }: MeasuredRound): readonly string[] {
  const why = result?.leftOut
  return why === undefined ? [] : [`round ${round}: ${describeLeftOut(why)}`]
}

function anchorWarning({ round, anchored }: MeasuredRound): readonly string[] {
  return anchored === false
    ? [`round ${round}: the chain has another outcome than the aggregator told this silo`]
    : []
}

function receiptText(accepted: boolean | undefined): string {
  if (accepted === undefined) return 'no receipt'
  return accepted ? 'accepted' : 'refused'
}
