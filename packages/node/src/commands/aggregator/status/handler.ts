import { type AggregatorStatus, readStatus } from '@fednode/aggregator'
import { printable } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import { findFederation } from '../../../runtime/find-scenario.ts'
import { type KeptOptions, keptInit } from '../kept-init.ts'

export const init = keptInit

export async function run({ directory, scenario }: KeptOptions): Promise<Outcome> {
  const kept = findFederation(directory, scenario)
  const status = readStatus(kept.directory)
  return {
    data: { scenario: kept.scenario, ...status },
    text: [`Aggregator of ${kept.scenario}`, '', ...linesOf(status)].join('\n'),
  }
}

function linesOf({
  owner,
  term,
  paused,
  finishedRounds,
  current,
  chain,
}: AggregatorStatus): readonly string[] {
  const { next } = chain
  const process =
    owner === undefined
      ? 'not running'
      : `${owner.pid} on ${printable(owner.host)} since ${owner.startedAt}`
  const steps = chain.pending === 0 ? 'nothing to do' : `${chain.pending} steps to do`
  const blocked =
    next?.error === undefined ? '' : `: ${printable(next.error)} (try ${next.attempts + 1})`
  return [
    `  process   ${process}`,
    `  starts    ${term}`,
    `  rounds    ${finishedRounds} finished${paused ? ', paused' : ''}`,
    ...(current === undefined
      ? []
      : [
          `  current   round ${current.round} ${current.state}, updates of ${current.accepted.join(', ') || 'nobody yet'}, ${current.refusals} refused`,
          `  deadline  ${new Date(current.deadline).toISOString()}`,
        ]),
    `  chain     ${steps}${next === undefined ? '' : `, next ${next.step} of round ${next.round}${blocked}`}`,
  ]
}
