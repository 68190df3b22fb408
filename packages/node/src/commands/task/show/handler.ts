import { metricOfRule, placesOfScores } from '@fednode/aggregator'
import {
  type ArenaPurse,
  NO_SCORE,
  readPurse,
  readTaskRounds,
  type TaskRound,
} from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { durationText } from '../../../framework/duration-text.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import { withReader } from '../../market/market.ts'
import { taskWords } from '../../stake/stake-place.ts'
import { type FoundTask, findTask } from '../find-task.ts'
import type { showArguments, showOptions } from './options.ts'

type Options = ArgsOf<typeof showArguments> & ArgsOf<typeof showOptions>

type Member = {
  readonly account: string
  readonly role: 'node' | 'validator'
  readonly purse: ArenaPurse
}

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const found = await findTask(reader, network, options.task)
    const { number: task } = found
    const { registry } = network.contracts
    const rounds = await readTaskRounds(reader, { registry, task, fromBlock: network.since })
    const memberOf = (role: Member['role']) => async (account: `0x${string}`) => ({
      account,
      role,
      purse: await readPurse(reader, { registry, task, member: account }),
    })
    const members = await Promise.all([
      ...found.task.nodes.map(memberOf('node')),
      ...found.task.validators.map(memberOf('validator')),
    ])
    const name = taskWords(network, task)
    return {
      data: dataOf(found, { name, rounds, members }),
      text: describe(found, { name, rounds, members }),
    }
  })
}

type Shown = {
  readonly name: string
  readonly rounds: readonly TaskRound[]
  readonly members: readonly Member[]
}

function dataOf({ number, task }: FoundTask, { name, rounds, members }: Shown): object {
  const metric = metricOfRule(task.terms.evaluation) ?? null
  return {
    ...task,
    name,
    number,
    metric,
    rounds: rounds.map((round) => {
      const places = placesOfScores(round.models.map(({ consensus }) => consensus))
      const models = round.models.map((model, at) => ({ ...model, place: places[at] ?? null }))
      return { ...round, models }
    }),
    members,
  }
}

function describe(found: FoundTask, { name, rounds, members }: Shown): string {
  return [
    head(found, name),
    ...rounds.map(roundText),
    ...(members.length === 0 ? ['no members yet'] : [memberTable(members)]),
  ].join('\n\n')
}

function head({ task }: FoundTask, name: string): string {
  const { terms, phase, round, deadline, pot, creator } = task
  const phases = [terms.submitSeconds, terms.commitSeconds, terms.revealSeconds].map(durationText)
  const until = phase === 'finished' ? '' : `, until ${momentText(BigInt(deadline))}`
  return [
    `task       ${name}, posed by ${creator}`,
    `phase      ${phase}, round ${round} of ${terms.rounds}${until}`,
    `scored by  ${metricOfRule(terms.evaluation) ?? `rule ${terms.evaluation}`}, validators a model: ${terms.seats}`,
    `rounds of  ${phases[0]} to submit, ${phases[1]} to commit, ${phases[2]} to reveal`,
    `pot        ${amountText(pot)} FDN`,
    `manifest   ${terms.manifest}`,
  ].join('\n')
}

function roundText({ round, result, models, validators }: TaskRound): string {
  if (result === 'void') return `round ${round} ended without a result`
  const scores = models.map(({ consensus }) => consensus)
  const places = placesOfScores(scores)
  const nodes = models.map(({ node, consensus, reward }, at) => [
    String(places[at] ?? '-'),
    node,
    consensus === NO_SCORE ? '-' : String(consensus),
    amountText(reward),
  ])
  const seats = validators.map(({ validator, scores: said, reward }) => [
    validator,
    said === undefined ? 'not revealed' : distanceText(said, scores),
    amountText(reward),
  ])
  return [
    `round ${round}`,
    textTable(['place', 'node', 'points', 'earned'], nodes, { textColumns: [1] }),
    textTable(['validator', 'off by', 'earned'], seats, { textColumns: [0] }),
  ].join('\n')
}

/** How far a validator was from the consensus, on average over what it scored. */
function distanceText(said: readonly number[], consensus: readonly number[]): string {
  const off = said.flatMap((score, at) =>
    score === NO_SCORE ? [] : [Math.abs(score - (consensus[at] ?? 0))],
  )
  if (off.length === 0) return '-'
  return (off.reduce((sum, one) => sum + one, 0) / off.length).toFixed(0)
}

function memberTable(members: readonly Member[]): string {
  const rows = members.map(({ account, role, purse }) => [
    account,
    role,
    amountText(purse.due),
    amountText(purse.locked - purse.drawn),
  ])
  return textTable(['member', 'role', 'due now', 'locked'], rows, { textColumns: [0, 1] })
}
