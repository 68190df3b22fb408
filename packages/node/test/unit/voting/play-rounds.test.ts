import { ChainError } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { expect, it } from 'vitest'
import { playRounds, type VotingTrouble, warnOfGas } from '../../../src/voting/play-rounds.ts'
import { VotingError } from '../../../src/voting/voting-error.ts'

/** Plays looks of which each throws what a test says, until one does not. */
async function play(...errors: readonly Error[]) {
  const events: VotingTrouble[] = []
  let looks = 0
  await playRounds({
    async look() {
      const error = errors[looks]
      looks += 1
      if (error !== undefined) throw error
      return true
    },
    ...{ pollMs: 0, signal: new AbortController().signal, races: ['PHASE_OVER'], course: {} },
    onEvent: (event) => events.push(event),
    logger: { debug() {} },
  })
  return { events, looks }
}

const away = new ChainError('the node does not answer', { code: 'RPC_FAILED' })

it('goes on after what a next look may find gone, and says it once', async () => {
  const late = new DOMException('too late', 'TimeoutError')
  const race = new ChainError('the phase is over', { code: 'PHASE_OVER' })
  const { events, looks } = await play(away, away, race, late)
  expect(looks).toBe(5)
  expect(events.map((event) => event.type === 'trouble' && event.code)).toEqual([
    'RPC_FAILED',
    'TOO_LATE',
  ])
})

it.each([
  new UserError('refused', 'gone', { code: 'STAKE_GONE' }),
  // T44: it would commit to nothing, or lose the stake on what it cannot reveal.
  new VotingError('damaged', { code: 'BALLOT_JOURNAL_CORRUPT', path: 'alliance.sqlite' }),
  new TypeError('a defect'),
])('ends with what no look finds gone: $name', async (error) => {
  await expect(play(away, error)).rejects.toBe(error)
})

it('warns of a balance below a hundredth of the native coin', () => {
  const events: VotingTrouble[] = []
  for (const balance of [10n ** 16n, 10n ** 16n - 1n])
    warnOfGas(balance, (event) => events.push(event))
  expect(events).toEqual([{ type: 'gas-low', balance: '9999999999999999' }])
})
