import path from 'node:path'
import { type AllianceState, formatAmount } from '@fednode/contracts'
import type { DataReport } from '@fednode/engine'
import { describeData } from '../plan/describe-data.ts'
import { formatPlan } from '../plan/format-plan.ts'
import type { Plan } from '../plan/plan.ts'

/** What the administrator of a node reads before consenting. */
export function describeAlliance(
  { manifest, cid }: Plan,
  {
    state,
    where,
    report,
  }: {
    readonly state: AllianceState
    readonly where: string
    readonly report: DataReport
  },
): string {
  const { terms, pot } = state
  const { used, rows, file } = report
  const lines = [
    { label: 'Task', text: describeData(manifest.data) },
    {
      label: 'Leaves here',
      text: 'when drawn to propose: all weights after training on your rows, to the voters of the round; when drawn to vote: two losses and what you approve of, to everybody',
    },
    { label: 'Never leaves', text: 'rows, identifiers, predictions' },
    {
      label: 'Rounds',
      text: `${terms.rounds}; each draws ${terms.proposers} to propose and ${terms.voters} to vote, by stake`,
    },
    {
      label: 'Aggregate',
      text: `${manifest.strategy.name} of the contributions, each counting alike; it becomes the model when the voters find it better`,
    },
    {
      label: 'Stake',
      text: `${formatAmount(terms.minStake)} FDN at least, held until you have left`,
    },
    {
      label: 'At risk',
      text: 'a part of the stake for each duty that is missed, and a smaller one for voting against most',
    },
    {
      label: 'Reward',
      text: `${formatAmount(pot)} FDN in the next round, by stake, for those who did well`,
    },
    { label: 'Privacy', text: 'no noise added; the voters of a round see your weights' },
    { label: 'Your data', text: `${path.basename(file)}, ${rows} rows: ${used} usable` },
  ]
  const warnings = report.warnings.map(({ text }) => `Beware: ${text}`)
  return [where, `"${manifest.name}", manifest ${cid}`, '', formatPlan(lines), ...warnings].join(
    '\n',
  )
}
