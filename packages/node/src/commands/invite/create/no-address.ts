import { UserError } from '@fednode/protocol'

/** An invite that nobody could follow. */
export function noAddress(): UserError {
  return new UserError('usage', 'the aggregator has said no address yet', {
    code: 'NO_ADDRESS',
    hint: 'Start  fednode aggregator run  first, or give  --address.',
  })
}
