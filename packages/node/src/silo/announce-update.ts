import {
  FedError,
  PROTOCOL_VERSION,
  type Receipt,
  type Round,
  type SignedMessage,
  STATISTICS_ROUND,
  type UpdateReady,
} from '@fednode/protocol'
import type { SiloRun } from './silo.ts'
import type { TrainedUpdate } from './silo-journal.ts'

/** How often an update is announced again until its receipt comes, in ms. */
const ANNOUNCE_INTERVAL_MS = 2_000

/**
 * Announces one update until the aggregator confirms or refuses it, or the round is over. Every announcement says the same but for its
 * time and term, so that repeating it, also after a restart, never counts twice.
 */
export async function announceUpdate(
  run: SiloRun,
  round: Round,
  trained: TrainedUpdate,
): Promise<void> {
  const { deps, state, signal } = run
  deps.onEvent({
    type: 'sent',
    round,
    update: trained.update.cid,
    bytes: trained.update.size,
    trainMs: trained.trainMs,
  })
  let announcedAt = Number.NEGATIVE_INFINITY
  let told: SignedMessage<Receipt> | undefined
  while (!signal.aborted && !isOver(run, round)) {
    const receipt = receiptFor(run, round, trained)
    if (receipt !== undefined && receipt !== told) {
      tell(run, round, receipt)
      told = receipt
      // The aggregator could not fetch it: announcing again starts another try (docs/PROTOCOL.md).
      if (receipt.message.code !== 'UNAVAILABLE') return
    }
    const waitMs = announcedAt + ANNOUNCE_INTERVAL_MS - deps.elapsed()
    if (waitMs > 0) {
      await state.changed({ timeoutMs: waitMs, signal })
      continue
    }
    announcedAt = deps.elapsed()
    await publish(run, messageOf(run, round, trained))
  }
}

/** Whether the aggregator has moved on from this round. */
export function isOver({ state }: Pick<SiloRun, 'state'>, round: Round): boolean {
  const { open, rounds, stop } = state.get()
  const isFinished = round !== STATISTICS_ROUND && rounds.finished >= round
  return stop !== undefined || isFinished || (open?.round ?? 0) > round
}

function receiptFor(
  { state }: SiloRun,
  round: Round,
  { update }: TrainedUpdate,
): SignedMessage<Receipt> | undefined {
  const { receipt } = state.get()
  const { message } = receipt ?? {}
  return message?.round === round && message.update === update.cid ? receipt : undefined
}

function tell({ deps }: SiloRun, round: Round, receipt: SignedMessage<Receipt>): void {
  const { accepted, code } = receipt.message
  deps.journal.saveReceipt(receipt)
  deps.onEvent({ type: 'receipt', round, accepted, ...(code === undefined ? {} : { code }) })
}

async function publish(
  { deps, host, announced, signal }: SiloRun,
  message: UpdateReady,
): Promise<void> {
  try {
    announced.latest = await host.publish(message)
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof FedError)) throw error
    // Nobody to hear it yet: the next announcement follows in two seconds.
    deps.logger.debug({ code: error.code }, 'the update could not be announced')
  }
}

function messageOf(
  { options, deps, state }: SiloRun,
  round: Round,
  trained: TrainedUpdate,
): UpdateReady {
  return {
    type: 'update-ready',
    version: PROTOCOL_VERSION,
    chainId: options.chainId,
    scenario: options.scenario,
    term: state.get().rounds.term,
    round,
    sentAt: deps.now(),
    silo: options.name,
    base: trained.base,
    update: trained.update,
    samples: trained.samples,
    trainMs: trained.trainMs,
    lossMicros: trained.lossMicros,
    ...(trained.metrics && { metrics: trained.metrics }),
  }
}
