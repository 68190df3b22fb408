import { existsSync } from 'node:fs'
import path from 'node:path'
import { createJournal, JOURNAL_FILE, readRounds } from '@fednode/aggregator'
import type { BlobRef, Cid, Round } from '@fednode/protocol'
import { readConfirmations, readOpenings, readSiloRounds } from '../silo/read-silo-journal.ts'

/** Name of the journal's setting with the path of the held-out rows. */
export const VALIDATION_SETTING = 'validation-file'

/** An own update that the aggregator confirmed, and the signed receipt; older versions kept none. */
export type Confirmation = { readonly update: Cid; readonly receipt?: Uint8Array }

/** What a participant's own directory knows of a federation; nothing is believed for that. */
export type KnownRounds = {
  readonly role: 'aggregator' | 'silo' | 'nobody'
  readonly evidence: ReadonlyMap<Round, BlobRef>
  /** Signed openings that this silo heard. */
  readonly openings: readonly { readonly round: Round; readonly envelope: Uint8Array }[]
  /** Own updates that the aggregator confirmed. */
  readonly confirmed: ReadonlyMap<Round, Confirmation>
  /** Where the held-out rows were when the aggregator ran. */
  readonly validationFile?: string
}

/** Reads the journal of a Scenario's directory, whose ever it is. */
export function knownRounds(directory: string): KnownRounds {
  if (existsSync(path.join(directory, JOURNAL_FILE))) return ofAggregator(directory)
  const rounds = readSiloRounds(directory)
  if (rounds === undefined) {
    return { role: 'nobody', evidence: new Map(), openings: [], confirmed: new Map() }
  }
  const evidence = rounds.flatMap(({ round, result }) =>
    result?.evidence === undefined ? [] : [[round, result.evidence] as const],
  )
  const confirmed = rounds.flatMap(({ round, update, accepted }) =>
    update === undefined || accepted !== true ? [] : [[round, { update }] as const],
  )
  const signed = readConfirmations(directory).map(
    ({ round, update, envelope: receipt }) => [round, { update, receipt }] as const,
  )
  return {
    role: 'silo',
    evidence: new Map(evidence),
    openings: readOpenings(directory),
    confirmed: new Map<Round, Confirmation>([...confirmed, ...signed]),
  }
}

function ofAggregator(directory: string): KnownRounds {
  const journal = createJournal(path.join(directory, JOURNAL_FILE), { readOnly: true })
  const validationFile = journal.setting(VALIDATION_SETTING)
  journal.close()
  return {
    role: 'aggregator',
    evidence: new Map(readRounds(directory).map(({ round, evidence }) => [round, evidence])),
    openings: [],
    confirmed: new Map(),
    ...(validationFile === undefined ? {} : { validationFile }),
  }
}
