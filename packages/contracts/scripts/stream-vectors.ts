import {
  createFederationModel,
  type FederationModel,
  registerClient,
} from '../src/model/federation.ts'
import { openMarket } from '../src/model/federation-market.ts'
import { lpOwed } from '../src/model/lp-dividends.ts'
import { owedTo, poolOwedAt } from '../src/model/stream-readings.ts'
import { createSeededRandom } from './seeded-random.ts'
import { randomStep } from './stream-steps.ts'
import { HOLDERS, type Story } from './stream-story.ts'

/** Those of Federation.sol's defaultParams. */
const WAD = 10n ** 18n
const TERMS = {
  streamWindow: 3_600n,
  clientSupply: 1_000_000n * WAD,
  poolBps: 2_000n,
  federatorBps: 1_000n,
  seedCurrency: 10_000n * WAD,
  currencyWeight: WAD / 2n,
  swapFee: (3n * WAD) / 1_000n,
}
/** Federation.sol's START. */
const START = 1_800_000_000n
const STEPS = 100

/** A history of a federation, for forge to play again. */
export type StreamHistory = {
  /** Of the clients, in index order. */
  readonly issuance: readonly bigint[]
  /** Rows of `columns` numbers: the step (see stream-story.ts), its time, four arguments, its result; then what everybody is owed after it. */
  readonly columns: number
  readonly rows: readonly bigint[]
}

/**
 * A random history of three clients. After each step: owed per token and holder (HOLDERS, the clients first), poolOwed, and lpOwed per
 * holder; wei.
 * @param history - issuance of those who register in time, and of the third when it comes late.
 */
export function createStreamHistory(
  seed: bigint,
  { issuance, late }: { issuance: readonly bigint[]; late: bigint | null },
): StreamHistory {
  const random = createSeededRandom(seed)
  let story: Story = {
    model: openFederation(issuance),
    time: START,
    round: 1,
    startedAt: START,
    active: issuance.length,
    late,
    carried: 0n,
    page: null,
  }
  const rows: bigint[][] = []
  while (rows.length < STEPS) {
    const step = randomStep(random, story)
    if (step === null) continue
    story = step.story
    rows.push([step.code, story.time - START, ...step.args, step.result, ...readings(story)])
  }
  return { issuance, columns: rows[0]?.length ?? 0, rows: rows.flat() }
}

function openFederation(issuance: readonly bigint[]): FederationModel {
  const clients = issuance.map((weight, i) => ({ controller: HOLDERS[i] ?? '', issuance: weight }))
  const empty = createFederationModel(TERMS, 'federator')
  return openMarket(clients.reduce(registerClient, empty), 'provider', START)
}

function readings({ model, time }: Story): bigint[] {
  const { ledger, clients, lp } = model
  const owed = [0, 1, 2].flatMap((index) =>
    HOLDERS.map((holder) =>
      index < clients.length ? owedTo(ledger, { index, holder, time }) : 0n,
    ),
  )
  const poolOwed = poolOwedAt(ledger, time)
  return [...owed, poolOwed, ...HOLDERS.map((holder) => lpOwed(lp, holder, poolOwed))]
}
