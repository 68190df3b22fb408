import path from 'node:path'
import { formatAmount, type Task } from '@fednode/contracts'
import type { DataReport } from '@fednode/engine'
import type { MetricName } from '@fednode/protocol'
import { durationText } from '../framework/duration-text.ts'
import { describeData } from '../plan/describe-data.ts'
import { formatPlan } from '../plan/format-plan.ts'
import type { Plan } from '../plan/plan.ts'

const LEAVES = {
  node: 'all weights after training on your rows, to the validators of the task, who may keep them',
  validator: 'one score for each model that you are drawn for, to everybody',
} as const

/** What the administrator of a member reads before consenting. */
export function describeTask(
  { manifest, cid }: Plan,
  about: {
    readonly task: Task
    readonly role: 'node' | 'validator'
    readonly metric: MetricName
    readonly leastStake: bigint
    readonly where: string
    readonly report: DataReport
  },
): string {
  const { task, role, metric, leastStake, where, report } = about
  const { terms, pot } = task
  const { used, rows, file } = report
  const phases = [terms.submitSeconds, terms.commitSeconds, terms.revealSeconds].map(durationText)
  const lines = [
    { label: 'Task', text: describeData(manifest.data) },
    { label: 'Leaves here', text: LEAVES[role] },
    { label: 'Never leaves', text: 'rows, identifiers, predictions' },
    { label: 'Scored by', text: `${metric} on the rows of validators, ${terms.seats} a model` },
    {
      label: 'Rounds',
      text: `${terms.rounds}, each ${phases[0]} to submit, ${phases[1]} to commit, ${phases[2]} to reveal`,
    },
    {
      label: 'Stake',
      text: `${formatAmount(leastStake)} FDN at least, held until the task has finished`,
    },
    ...(role === 'validator'
      ? [{ label: 'At risk', text: 'a part of the stake for scores that are missing or far off' }]
      : []),
    {
      label: 'Pot',
      text: `${formatAmount(pot)} FDN for all rounds, by rank or closeness, and stake`,
    },
    { label: 'Your data', text: `${path.basename(file)}, ${rows} rows: ${used} usable` },
  ]
  const warnings = report.warnings.map(({ text }) => `Beware: ${text}`)
  return [where, `"${manifest.name}", manifest ${cid}`, '', formatPlan(lines), ...warnings].join(
    '\n',
  )
}
