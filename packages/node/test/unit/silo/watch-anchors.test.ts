import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ChainError } from '@fednode/contracts'
import { cidOfBlob, digestOfCid, silentLogger } from '@fednode/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SiloEvent } from '../../../src/silo/events.ts'
import { readSiloRounds, SILO_JOURNAL_FILE } from '../../../src/silo/read-silo-journal.ts'
import { createSiloJournal, type SiloJournal } from '../../../src/silo/silo-journal.ts'
import { type Anchors, watchAnchors } from '../../../src/silo/watch-anchors.ts'

let directory = ''
let journal: SiloJournal

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-anchors-'))
  journal = createSiloJournal(path.join(directory, SILO_JOURNAL_FILE))
  for (const round of [1, 2, 3, 4]) journal.saveResult(round, resultOf(round))
})
afterEach(() => {
  journal.close()
  rmSync(directory, { recursive: true, force: true })
})

const cidOf = (what: string) => cidOfBlob(new TextEncoder().encode(what))

/** Round 4 paid nobody, so that nothing of it is ever anchored. */
function resultOf(round: number) {
  const figures = { metrics: { accuracy: 1 }, loss: 0, shapley: 0, share: 0, paid: round !== 4 }
  const model = { cid: cidOf(`model ${round}`), size: 1 }
  return { round, last: false, ...figures, model, evidence: { cid: cidOf(`${round}`), size: 1 } }
}

const anchorOf = (evidence: string, model: string) => ({
  evidenceRoot: digestOfCid(cidOf(evidence)),
  modelDigest: digestOfCid(cidOf(model)),
})

async function lookOnce(readAnchors: () => Promise<Anchors>): Promise<readonly SiloEvent[]> {
  const stopping = new AbortController()
  const events: SiloEvent[] = []
  const onEvent = (event: SiloEvent): void => void events.push(event)
  const deps = { journal, logger: silentLogger, onEvent, readAnchors }
  const watching = watchAnchors({ deps, signal: stopping.signal })
  await new Promise((resolve) => setImmediate(resolve))
  stopping.abort()
  await watching
  return events
}

const knownRounds = () => readSiloRounds(directory)?.map(({ anchored }) => anchored)

test('T11, T35: a silo that was told another outcome than the chain has says so, once, and keeps it', async () => {
  const anchors = new Map([
    [1, anchorOf('1', 'model 1')],
    [2, anchorOf('2', 'model of another')],
  ])
  expect(await lookOnce(async () => anchors)).toEqual([{ type: 'other-anchor', round: 2 }])
  expect(knownRounds()).toEqual([true, false, undefined, undefined])
  anchors.set(3, anchorOf('evidence of another', 'model 3'))
  expect(await lookOnce(async () => anchors)).toEqual([{ type: 'other-anchor', round: 3 }])
  expect(knownRounds()).toEqual([true, false, false, undefined])
  const never = async () => {
    throw new Error('nothing is left to be asked')
  }
  expect(await lookOnce(never)).toEqual([])
})

test('T11: while the chain does not answer nothing is said, and it is asked again', async () => {
  const down = async () => {
    throw new ChainError('nobody answers', { code: 'RPC_FAILED' })
  }
  expect(await lookOnce(down)).toEqual([])
  expect(knownRounds()).toEqual([undefined, undefined, undefined, undefined])
})
