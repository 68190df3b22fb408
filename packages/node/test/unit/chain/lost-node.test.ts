import type { ChainAccount, ScenarioState } from '@fednode/contracts'
import { HttpRequestError } from 'viem'
import { expect, test } from 'vitest'
import { deadlineAfter } from '../../../src/chain/deadline-after.ts'
import { requireGasMoney } from '../../../src/chain/require-gas-money.ts'
import { checkRecipient } from '../../../src/commands/chain/transfer/check-recipient.ts'

const OWN = `0x${'11'.repeat(20)}` as const
const OTHER = `0x${'22'.repeat(20)}` as const

const lost = () =>
  Promise.reject(
    new HttpRequestError({ url: 'https://rpc.example.org/v3/secret', details: 'fetch failed' }),
  )
// What the three of them use of an account.
const account = {
  chainId: 1,
  address: OWN,
  public: { getBlock: lost, getBalance: lost, getCode: lost },
} as unknown as ChainAccount
const state = { address: OWN, orchestrator: OWN, pool: OWN, params: { currency: OWN }, clients: [] }

test.each([
  ['deadlineAfter', () => deadlineAfter(account, 60)],
  ['requireGasMoney', () => requireGasMoney(account, 'a')],
  [
    'checkRecipient',
    () => checkRecipient(account, { state: state as unknown as ScenarioState, to: OTHER }),
  ],
])('T41 %s says that the chain does not answer, and not at which address', async (_, act) => {
  const error = await act().then(
    () => expect.unreachable('it works'),
    (failure: unknown) => failure as Error,
  )
  expect(error).toMatchObject({ code: 'RPC_FAILED' })
  expect(error.message).not.toContain('secret')
})
