import { UserError } from '@fednode/protocol'

/** How many may, and are to, take part. */
export type Seats = {
  readonly minParticipants: number
  readonly maxParticipants: number
  readonly proposers: number
  readonly voters: number
}

/** Refuses numbers that no alliance can have together, as its contract would. @throws {UserError} usage BAD_OPTION. */
export function checkSeats({ minParticipants, maxParticipants, proposers, voters }: Seats): void {
  if (minParticipants > maxParticipants) {
    throw tooMany(`--min-participants ${minParticipants}`, maxParticipants)
  }
  if (proposers + voters > maxParticipants) {
    throw tooMany(`--proposers ${proposers} and --voters ${voters} together`, maxParticipants)
  }
}

function tooMany(what: string, most: number): UserError {
  return new UserError('usage', `${what} are more than --max-participants ${most}`, {
    code: 'BAD_OPTION',
    hint: 'Nobody proposes and votes in one round: give fewer, or let more take part.',
  })
}
