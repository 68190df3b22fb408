import { readdirSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { address } from '../framework/value-type.ts'
import type { RunName } from '../options/run-name.ts'
import type { KeptPlace } from '../voting/kept-place.ts'
import { isVotedPlace, readPlace } from '../voting/read-place.ts'

const SEVERAL = 'SEVERAL_SCENARIOS'

/** A federation, alliance or task that a data directory keeps something of. */
export type KeptScenario = {
  /** Address of the federation's Scenario; of an alliance or task what connections are bound to in its place (see allianceScope). */
  readonly scenario: `0x${string}`
  readonly directory: string
  /** Of an alliance or task. */
  readonly place?: KeptPlace
}

/** All that a data directory keeps, by address; not what nobody agreed to. @throws as readPlace. */
export function keptScenarios(dataDirectory: string): readonly KeptScenario[] {
  return directoriesIn(dataDirectory).flatMap((kept) => {
    if (!isVotedPlace(kept.directory)) return [kept]
    const place = readPlace(kept.directory)
    return place === undefined ? [] : [{ ...kept, place }]
  })
}

function directoriesIn(dataDirectory: string): readonly Omit<KeptScenario, 'place'>[] {
  const parent = path.join(dataDirectory, 'scenarios')
  return entriesOf(parent)
    .flatMap((name) => address.parse(name) ?? [])
    .sort()
    .map((scenario) => ({ scenario, directory: path.join(parent, scenario) }))
}

/** What one of them is called: alliance:1, or its address. */
export function keptName({ scenario, place }: Pick<KeptScenario, 'scenario' | 'place'>): RunName {
  return place?.name ?? scenario
}

/**
 * The one that is meant: the named one, or the only one.
 * @throws {UserError} NO_SCENARIO, UNKNOWN_SCENARIO, SEVERAL_SCENARIOS (usage), naming those that there are.
 */
export function findScenario(dataDirectory: string, named?: RunName): KeptScenario {
  return choiceOf(keptScenarios(dataDirectory), dataDirectory, named)
}

/** The same of federations only, for what alliances and tasks have not; their journals are not opened. @throws {UserError} as findScenario. */
export function findFederation(dataDirectory: string, named?: `0x${string}`): KeptScenario {
  const federations = directoriesIn(dataDirectory).filter((kept) => !isVotedPlace(kept.directory))
  return choiceOf(federations, dataDirectory, named)
}

function choiceOf(
  kept: readonly KeptScenario[],
  dataDirectory: string,
  named: RunName | undefined,
): KeptScenario {
  const [first] = kept
  if (first === undefined) {
    throw new UserError('usage', `${dataDirectory} keeps nothing of any federation yet`, {
      code: 'NO_SCENARIO',
      hint: 'Give the --dir of  fednode aggregator run  or  fednode join.',
    })
  }
  if (named !== undefined) {
    const found = kept.filter((one) => one.scenario === named || keptName(one) === named)
    const [only] = found
    // The same number in two networks.
    if (found.length > 1) throw choose(`${dataDirectory} keeps several ${named}`, SEVERAL, found)
    if (only !== undefined) return only
    const what = named.startsWith('0x') ? `Scenario ${named}` : named
    throw choose(`${dataDirectory} keeps nothing of ${what}`, 'UNKNOWN_SCENARIO', kept)
  }
  if (kept.length === 1) return first
  const what = kept.some(({ place }) => place !== undefined) ? 'runs' : 'federations'
  throw choose(`${dataDirectory} keeps ${kept.length} ${what}`, SEVERAL, kept)
}

function choose(message: string, code: string, kept: readonly KeptScenario[]): UserError {
  const names = kept
    .map((one) => (one.place === undefined ? one.scenario : `${one.scenario} (${keptName(one)})`))
    .join(', ')
  // Some commands take it as an option, others as an argument.
  const hint = `Give one of these, as --scenario or as the argument scenario: ${names}`
  return new UserError('usage', message, { code, hint })
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
