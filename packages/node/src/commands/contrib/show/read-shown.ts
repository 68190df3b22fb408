import { UserError } from '@fednode/protocol'
import type { SiloValues } from '../../../contribution/silo-values.ts'
import { valuesOfRecords } from '../../../contribution/values-of-records.ts'
import { valuesOfSiloRounds } from '../../../contribution/values-of-silo-rounds.ts'
import { type RoundsOptions, selectRounds } from '../../run/rounds.ts'
import type { Shown } from './shown.ts'

/** How a silo's own directory calls it. */
const OWN = 'this silo'

/**
 * What the journal in a data directory says of the chosen silos; no names: of all.
 * @throws {UserError} as selectRounds; UNKNOWN_SILO, and BAD_OPTION when a silo's directory is asked for one (usage).
 */
export function readShown(options: RoundsOptions, names: readonly string[]): Shown {
  const selected = selectRounds(options)
  const { scenario, directory } = selected.kept
  if (selected.role === 'silo') {
    if (names.length > 0) throw otherSilo()
    const rounds = valuesOfSiloRounds(selected.rounds)
    return { scenario, directory, role: 'silo', silos: [{ silo: OWN, rounds }], records: [] }
  }
  const { rounds: records } = selected
  const silos = pick(valuesOfRecords(records), names)
  return { scenario, directory, role: 'aggregator', silos, records }
}

function pick(silos: readonly SiloValues[], names: readonly string[]): readonly SiloValues[] {
  const unknown = names.find((name) => !silos.some(({ silo }) => silo === name))
  if (unknown !== undefined) {
    throw new UserError('usage', `--silo ${unknown}: no such silo was in a round`, {
      code: 'UNKNOWN_SILO',
      hint: `There are: ${silos.map(({ silo }) => silo).join(', ')}`,
    })
  }
  return names.length === 0 ? silos : silos.filter(({ silo }) => names.includes(silo))
}

function otherSilo(): UserError {
  return new UserError('usage', '--silo: a silo is told its own values only', {
    code: 'BAD_OPTION',
    hint: 'Leave it out, or give the --dir of the aggregator.',
  })
}
