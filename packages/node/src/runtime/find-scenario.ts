import { readdirSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { address } from '../framework/value-type.ts'

/** A federation that a data directory keeps something of. */
export type KeptScenario = { readonly scenario: `0x${string}`; readonly directory: string }

/** All federations of a data directory, by address. */
export function keptScenarios(dataDirectory: string): readonly KeptScenario[] {
  const parent = path.join(dataDirectory, 'scenarios')
  return entriesOf(parent)
    .flatMap((name) => address.parse(name) ?? [])
    .sort()
    .map((scenario) => ({ scenario, directory: path.join(parent, scenario) }))
}

/**
 * The federation that is meant: the named one, or the only one.
 * @throws {UserError} NO_SCENARIO, UNKNOWN_SCENARIO, SEVERAL_SCENARIOS (usage), naming those that there are.
 */
export function findScenario(dataDirectory: string, named?: `0x${string}`): KeptScenario {
  const kept = keptScenarios(dataDirectory)
  const [first] = kept
  if (first === undefined) {
    throw new UserError('usage', `${dataDirectory} keeps nothing of any federation yet`, {
      code: 'NO_SCENARIO',
      hint: 'Give the --dir of  fednode aggregator run  or  fednode join.',
    })
  }
  if (named !== undefined) {
    const found = kept.find(({ scenario }) => scenario === named)
    if (found !== undefined) return found
    throw choose(`${dataDirectory} keeps nothing of Scenario ${named}`, 'UNKNOWN_SCENARIO', kept)
  }
  if (kept.length === 1) return first
  throw choose(`${dataDirectory} keeps ${kept.length} federations`, 'SEVERAL_SCENARIOS', kept)
}

function choose(message: string, code: string, kept: readonly KeptScenario[]): UserError {
  const names = kept.map(({ scenario }) => scenario).join(', ')
  return new UserError('usage', message, { code, hint: `Give  --scenario  one of: ${names}` })
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
