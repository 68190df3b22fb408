import { headlineLabel, headlineText } from '../../framework/headline-metric.ts'
import { signedText } from '../../framework/number-text.ts'
import { textTable } from '../../framework/text-table.ts'
import type { MemberRunResult } from '../member-run.ts'

/** What a run without a chain came to: rounds, and what each silo added to the model. */
export function memberResultText({ manifest, rounds }: MemberRunResult): string {
  const names = manifest.members.silos.map(({ name }) => name)
  const valueIn = (name: string, round: MemberRunResult['rounds'][number]): number | undefined =>
    round.contributions.find(({ silo }) => silo === name)?.shapley
  const sumOf = (name: string): number =>
    rounds.reduce((sum, round) => sum + (valueIn(name, round) ?? 0), 0)
  return [
    textTable(
      ['round', headlineLabel(rounds), 'loss', ...names],
      rounds.map((round) => [
        String(round.round),
        headlineText(round.metrics),
        round.loss.toFixed(3),
        ...names.map((name) => {
          const value = valueIn(name, round)
          return value === undefined ? '-' : signedText(value)
        }),
      ]),
    ),
    '',
    ...names.map((name) => `${name}: ${signedText(sumOf(name))} in all`),
    'Nobody is paid: this federation has no chain.',
  ].join('\n')
}
