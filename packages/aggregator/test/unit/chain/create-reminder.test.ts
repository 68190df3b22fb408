import { expect, it } from 'vitest'
import { createReminder } from '../../../src/chain/create-reminder.ts'

const MINUTE = 60_000

it('T54: tells a cause once, again every ten minutes, and at once when it is another', () => {
  let now = 0
  const isNews = createReminder(() => now)
  const told: string[] = []
  for (let minute = 0; minute <= 25; minute++) {
    now = minute * MINUTE
    const cause = minute < 13 ? 'RPC_FAILED' : 'FEE_TOO_HIGH'
    if (isNews(cause)) told.push(`${minute} ${cause}`)
  }
  expect(told).toEqual(['0 RPC_FAILED', '10 RPC_FAILED', '13 FEE_TOO_HIGH', '23 FEE_TOO_HIGH'])
})
