import { commitmentOf } from '@fednode/contracts'
import {
  type BlobRef,
  type Cid,
  type Message,
  type MessageScope,
  metricTexts,
  PROTOCOL_VERSION,
  type Receipt,
  type RefusalCode,
  type Round,
  type RoundOpen,
  type RoundResult,
  type SignedMessage,
  type SiloContribution,
  type SiloName,
  STATISTICS_ROUND,
  type StatisticsOpen,
  signMessage,
} from '@fednode/protocol'
import { boundedPico } from '../assessment/bounded-pico.ts'
import type { Journal } from '../journal/create-journal.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { RoundRecord } from '../types.ts'
import type { Run } from './coordinator.ts'

/** What SCAFFOLD keeps from round to round; silos need it. */
const CONTROL_STATE = 'control'

/** Everything that the aggregator says, built from the journal alone: the same after a restart but for term and time. */
export function roundOpenOf(
  run: Run,
  round: Pick<OpenRound, 'round' | 'base' | 'deadline' | 'reveal' | 'block' | 'sample'>,
): RoundOpen {
  const { manifestCid: manifest } = run.options
  const { base: model, deadline, block, sample } = round
  const scope = scopeOf(run, round.round)
  const commitment = commitmentOf(round.reveal)
  const control = controlOf(run.deps.journal, round.round)
  const preprocessing = run.deps.journal.preprocessing()
  return {
    ...scope,
    type: 'round-open',
    manifest,
    model,
    ...(preprocessing === undefined ? {} : { preprocessing }),
    ...(control === undefined ? {} : { control }),
    commitment,
    block,
    ...(sample === undefined ? {} : { sample }),
    deadline,
  }
}

/** Asks the silos for their statistics. */
export function statisticsOpenOf(run: Run, deadline: number): StatisticsOpen {
  const { manifestCid: manifest } = run.options
  return { ...scopeOf(run, STATISTICS_ROUND), type: 'statistics-open', manifest, deadline }
}

/** The control variate that silos train with in a round of SCAFFOLD. */
export function controlOf(journal: Pick<Journal, 'record'>, round: Round): BlobRef | undefined {
  const state = journal.record(round - 1)?.strategyState ?? []
  return state.find(({ name }) => name === CONTROL_STATE)?.blob
}

/** What an update got: accepted, or refused with a code. */
export function receiptOf(
  run: Run,
  update: {
    readonly round: Round
    readonly silo: SiloName
    readonly update: Cid
    readonly code?: RefusalCode
  },
): Receipt {
  const { round, silo, update: cid, code } = update
  const scope = scopeOf(run, round)
  const receipt = { ...scope, type: 'receipt', silo, update: cid } as const
  return code === undefined ? { ...receipt, accepted: true } : { ...receipt, accepted: false, code }
}

export function roundResultOf(run: Run, record: RoundRecord): RoundResult {
  return {
    ...scopeOf(run, record.round),
    type: 'round-result',
    model: record.model,
    evidence: record.evidence,
    metrics: metricTexts(record.metrics),
    lossPico: boundedPico(record.loss),
    utilityBeforePico: boundedPico(record.utilityBefore),
    utilityAfterPico: boundedPico(record.utilityAfter),
    contributions: record.contributions.map(contributionOf),
    last: record.round >= run.options.manifest.rounds.count,
  }
}

function contributionOf(entry: RoundRecord['contributions'][number]): SiloContribution {
  const { silo, shapley, standardError, utilityWithout, share } = entry
  return {
    silo,
    shapleyPico: boundedPico(shapley),
    standardErrorPico: boundedPico(standardError),
    ...(utilityWithout === undefined ? {} : { withoutPico: boundedPico(utilityWithout) }),
    share,
  }
}

/** The latest of everything, signed now, for a peer that missed the gossip. */
export function latestStatements(run: Run): readonly SignedMessage[] {
  const { journal, peerKey } = run.deps
  if (run.state.term === 0) return []
  const messages: Message[] = []
  const last = journal.record(journal.lastClosedRound())
  if (last !== undefined) messages.push(roundResultOf(run, last))
  if (run.state.asking !== undefined) {
    messages.push(statisticsOpenOf(run, run.state.asking.deadline))
    for (const { silo, update } of journal.statistics()) {
      messages.push(receiptOf(run, { round: STATISTICS_ROUND, silo, update: update.cid }))
    }
  }
  const open = journal.openRound()
  if (open !== undefined && open.round === run.state.announced) {
    messages.push(roundOpenOf(run, open))
    for (const { silo, update } of journal.updates(open.round)) {
      messages.push(receiptOf(run, { round: open.round, silo, update: update.cid }))
    }
  }
  return messages.map((message) => signMessage(message, peerKey))
}

function scopeOf({ options, deps, state }: Run, round: Round): MessageScope {
  const { chainId, scenario } = options
  return {
    version: PROTOCOL_VERSION,
    chainId,
    scenario,
    term: state.term,
    round,
    sentAt: deps.now(),
  }
}
