import { metricsText } from '../../../framework/metrics-text.ts'
import { countText } from '../../../framework/number-text.ts'
import type { FineTuned } from '../../../model/fine-tune.ts'
import type { FoundModel } from '../../../model/found-model.ts'

/** What a fine-tuning did. */
export type FineTuningSummary = Pick<FineTuned, 'rows' | 'before' | 'after'> & {
  readonly file: string
  readonly engine: string
  readonly epochs: number
  readonly learningRate: number
}

/** The same for people. */
export function describeFineTuning(
  { manifest, kept }: Pick<FoundModel, 'manifest' | 'kept'>,
  { file, engine, epochs, learningRate, rows, before, after }: FineTuningSummary,
): string {
  const passes = epochs === 1 ? '1 pass' : `${epochs} passes`
  const round = kept === undefined ? '' : `, round ${kept.round}`
  const isBetter = after.loss < before.loss
  return [
    `model    ${manifest.name}${round}`,
    `rows     ${countText(rows.trained)} trained on (${passes}, step ${shortNumber(learningRate)}), ${countText(rows.held)} held back`,
    `before   ${metricsText(before)}`,
    `after    ${metricsText(after)}`,
    `engine   ${engine}`,
    `file     ${file}`,
    ...(isBetter
      ? []
      : [
          'Beware: it is no better on the rows that were held back; the global model may serve you better',
        ]),
    'Beware: it learned from these rows alone: give it to those only who may know them',
  ].join('\n')
}

/** A tenth of 0.05 is 0.005000000000000001 in floats. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}
