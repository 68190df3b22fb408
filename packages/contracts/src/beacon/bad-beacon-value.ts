import { printable, UserError } from '@fednode/protocol'

const SHOWN_CHARACTERS = 24

/** What a relay gave is no point of its beacon's curve. @param what - such as `a signature of bn254 (64 bytes)`. */
export function badBeaconValue(what: string, given: string, cause: unknown): UserError {
  const shown = printable(given.slice(0, SHOWN_CHARACTERS))
  const text = given.length > SHOWN_CHARACTERS ? `${shown}…` : shown
  return new UserError('data', `"${text}" is not ${what} in hex`, {
    code: 'BAD_BEACON_VALUE',
    hint: 'Ask another relay of this beacon.',
    cause,
  })
}
