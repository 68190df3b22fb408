import path from 'node:path'
import { createJournal, JOURNAL_FILE } from '../../../packages/aggregator/src/index.ts'
import { connectChain, readBooks, readHistory } from '../../../packages/contracts/src/index.ts'
import { FaultError } from './fault-error.ts'
import type { Federation } from './federation.ts'

const ONE = 10n ** 18n

/** What is left when a federation is over. */
export type Outcome = { readonly finalModel: string; readonly rounds: number }

/**
 * Looks at what a federation left: every round counted each silo once, every pot was paid in once, every round was settled once and no
 * money is missing.
 * @throws {FaultError} WRONG_OUTCOME with all that is wrong.
 */
export async function checkOutcome(federation: Federation): Promise<Outcome> {
  const { manifest, stateOf, silos } = federation
  const journal = createJournal(path.join(stateOf('aggregator'), JOURNAL_FILE), { readOnly: true })
  const faults: string[] = []
  const expect = (what: string, actual: unknown, wanted: unknown): void => {
    if (String(actual) !== String(wanted)) faults.push(`${what}: ${actual}, not ${wanted}`)
  }
  try {
    const records = journal.records()
    expect(
      'rounds',
      records.map(({ round }) => round),
      numbers(manifest.rounds.count),
    )
    const names = silos.map(({ name }) => name)
    for (const { round, updates, state } of records) {
      expect(
        `updates of round ${round}`,
        updates.map(({ silo }) => silo),
        names,
      )
      expect(`state of round ${round}`, state, 'final')
    }
    expect('steps left for the chain', journal.nextTask()?.work.step, undefined)
    await checkMoney(federation, expect)
    if (faults.length > 0) throw new FaultError(faults.join('; '), { code: 'WRONG_OUTCOME' })
    return { finalModel: records.at(-1)?.model.cid ?? '', rounds: records.length }
  } finally {
    journal.close()
  }
}

async function checkMoney(
  { chain, scenario, manifest }: Federation,
  expect: (what: string, actual: unknown, wanted: unknown) => void,
): Promise<void> {
  const reader = await connectChain({ rpcUrl: chain.rpcUrl })
  const { count } = manifest.rounds
  const history = await readHistory(reader, { scenario })
  expect(
    'funded rounds',
    history.funded.map(({ round }) => round),
    numbers(count),
  )
  expect(
    'settled rounds',
    history.settled.map(({ round }) => round),
    numbers(count),
  )
  const books = await readBooks(reader, { scenario })
  expect('deposited', books.deposited, BigInt(manifest.reward.perRound) * BigInt(count) * ONE)
  const { claimed, claimable, returned, carried } = books
  expect('where the deposits are', claimed + claimable + returned + carried, books.deposited)
  expect('currency is missing', books.held < books.owedByScenario, false)
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
