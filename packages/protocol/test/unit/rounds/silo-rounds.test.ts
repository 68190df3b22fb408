import { describe, expect, it } from 'vitest'
import { signMessage } from '../../../src/messages/signed.ts'
import type { RoundOpen, RoundResult, SignedMessage } from '../../../src/messages/types.ts'
import {
  createSiloRounds,
  type SiloDecision,
  type SiloRounds,
  stepSilo,
} from '../../../src/rounds/silo-rounds.ts'
import {
  isEquivocation,
  noteStatement,
  type Statement,
  type StatementLedger,
} from '../../../src/rounds/statements.ts'
import { AGGREGATOR, cidOf, ROUND_OPEN, ROUND_RESULT, STRANGER } from '../sample-messages.ts'

const start = createSiloRounds({ aggregator: AGGREGATOR.peerId, manifest: ROUND_OPEN.manifest })

const open = (changes: Partial<RoundOpen> = {}, key = AGGREGATOR): SignedMessage<RoundOpen> =>
  signMessage({ ...ROUND_OPEN, ...changes }, key)
const result = (changes: Partial<RoundResult> = {}): SignedMessage<RoundResult> =>
  signMessage({ ...ROUND_RESULT, ...changes }, AGGREGATOR)

function run(
  state: SiloRounds,
  ...statements: Statement[]
): { state: SiloRounds; said: string[]; last: SiloDecision | undefined } {
  const said: string[] = []
  let current = state
  let last: SiloDecision | undefined
  for (const statement of statements) {
    const step = stepSilo(current, statement)
    current = step.state
    last = step.decision
    said.push('code' in last ? `${last.type} ${last.code}` : last.type)
  }
  return { state: current, said, last }
}

describe('what a silo does about its aggregator', () => {
  it('trains each round once and takes each result once', () => {
    const sameLater = { sentAt: ROUND_OPEN.sentAt + 2_000 }
    const statements = [open(), open(sameLater), result(), result(sameLater), open({ round: 4 })]
    expect(run(start, ...statements).said).toEqual([
      'train',
      'again',
      'result',
      'ignore KNOWN',
      'train',
    ])
  })

  it('T3 ignores older rounds and terms, also after a restart', () => {
    expect(run(start, open({ round: 4 }), open({ round: 3 })).said).toEqual(['train', 'ignore OLD'])
    expect(run(start, result(), open()).said).toEqual(['result', 'ignore OLD'])
    expect(run(start, open({ term: 2 }), open({ term: 1, round: 9 })).said).toEqual([
      'train',
      'ignore OLD',
    ])
    const restarted = createSiloRounds({
      aggregator: AGGREGATOR.peerId,
      manifest: ROUND_OPEN.manifest,
      term: 2,
      finished: 3,
    })
    expect(
      run(restarted, open({ term: 1, round: 4 }), open({ term: 2 }), open({ term: 2, round: 4 }))
        .said,
    ).toEqual(['ignore OLD', 'ignore OLD', 'train'])
  })

  it('T4 stops when a round is opened again with another secret or block, also in a new term', () => {
    const other = new Uint8Array(32).fill(9)
    for (const changes of [
      { commitment: other },
      { block: { ...ROUND_OPEN.block, hash: other } },
      { block: { ...ROUND_OPEN.block, number: 13 } },
    ]) {
      const { said, last } = run(start, open(), open({ term: 2, ...changes }))
      expect(said).toEqual(['train', 'stop EQUIVOCATION'])
      expect(last).toMatchObject({ evidence: [{ message: { term: 1 } }, { message: { term: 2 } }] })
    }
    expect(run(start, open(), open({ round: 4, commitment: other })).said).toEqual([
      'train',
      'train',
    ])
  })

  it('trains the same round again for a new term, from the model that it names', () => {
    const { said, last } = run(
      start,
      open(),
      open({ term: 2, model: { cid: cidOf('again'), size: 1 } }),
    )
    expect(said).toEqual(['train', 'train'])
    expect(last).toMatchObject({ open: { term: 2 } })
  })

  it.each<[string, Partial<RoundOpen>]>([
    ['another model', { model: { cid: cidOf('other'), size: 1_024 } }],
    ['another size', { model: { ...ROUND_OPEN.model, size: 1_025 } }],
    ['another deadline', { deadline: ROUND_OPEN.deadline + 1 }],
    ['another manifest', { manifest: cidOf('other') }],
  ])('T4 stops at two RoundOpens of one term with %s, and keeps both as evidence', (_, changes) => {
    const [first, second] = [open(), open(changes)]
    const { state, said, last } = run(start, first, second, open({ round: 4 }))
    expect(said).toEqual(['train', 'stop EQUIVOCATION', 'ignore STOPPED'])
    expect(state.isStopped).toBe(true)
    expect(last?.type).toBe('ignore')
    expect(stepSilo(run(start, first).state, second).decision).toEqual({
      type: 'stop',
      code: 'EQUIVOCATION',
      evidence: [first, second],
    })
  })

  it('T4 stops at two results of one round', () => {
    expect(run(start, open(), result(), result({ lossPico: 1 })).said).toEqual([
      'train',
      'result',
      'stop EQUIVOCATION',
    ])
  })

  it('stops when another manifest is asked for than the one that was approved', () => {
    const { said, state } = run(start, open({ manifest: cidOf('other') }), open())
    expect(said).toEqual(['stop WRONG_MANIFEST', 'ignore STOPPED'])
    expect(state.isStopped).toBe(true)
  })

  it('T2 listens to its aggregator only; others can neither make it train nor make it stop', () => {
    const forged = open({ deadline: 1 }, STRANGER)
    expect(run(start, forged, open(), forged, open({ round: 4 })).said).toEqual([
      'ignore NOT_AGGREGATOR',
      'train',
      'ignore NOT_AGGREGATOR',
      'train',
    ])
  })
})

describe('statements', () => {
  it('T4 exclude each other only within one peer, kind, Scenario, term and round', () => {
    const base = open()
    expect(isEquivocation(base, open({ deadline: 1 }))).toBe(true)
    expect(isEquivocation(base, open({ sentAt: 1 }))).toBe(false)
    const others = [
      open({ deadline: 1 }, STRANGER),
      open({ deadline: 1, term: 2 }),
      open({ deadline: 1, round: 4 }),
      open({ deadline: 1, chainId: 1 }),
      result(),
    ]
    expect(others.some((other) => isEquivocation(base, other))).toBe(false)
  })

  it('T6 are remembered in bounded number', () => {
    let ledger: StatementLedger = new Map()
    for (let round = 1; round <= 200; round++)
      ledger = noteStatement(ledger, open({ round })).ledger
    expect(ledger.size).toBe(64)
    expect(noteStatement(ledger, open({ round: 200, deadline: 1 })).verdict).toBe('conflict')
  })
})
