import { ask, type ChainAccount, type ScenarioState } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { zeroAddress } from 'viem'

/**
 * Refuses recipients from whom nothing comes back.
 * @returns warnings for the one who is asked.
 * @throws {UserError} BAD_RECIPIENT (usage) for nobody, oneself, and the federation's own contracts. {ChainError} RPC_FAILED.
 */
export async function checkRecipient(
  account: ChainAccount,
  { state, to }: { readonly state: ScenarioState; readonly to: `0x${string}` },
): Promise<readonly string[]> {
  const recipient = to.toLowerCase()
  const named = [
    // First: it also stands for the pool of a federation without one.
    { address: zeroAddress, what: 'the zero address, which is nobody' },
    { address: account.address, what: 'your own account' },
    ...contractsOf(state),
  ].find(({ address }) => address.toLowerCase() === recipient)
  if (named !== undefined) {
    throw new UserError('usage', `${to} is ${named.what}`, {
      code: 'BAD_RECIPIENT',
      hint: 'What is sent there cannot be got back. Give the account of a person.',
    })
  }
  const code = await ask(account.public.getCode({ address: to }))
  if (code === undefined || code === '0x') return []
  return ['  Beware: there is a contract at that address. Send only if it can send tokens on.']
}

function contractsOf({ address, orchestrator, pool, params, clients }: ScenarioState) {
  return [
    { address, what: "the federation's Scenario contract" },
    { address: orchestrator, what: 'the Orchestrator contract' },
    { address: pool, what: 'the pool; to sell or to add liquidity use  fednode market' },
    { address: params.currency, what: "the currency's contract" },
    ...clients.map(({ name, token }) => ({
      address: token,
      what: `the token contract of ${name}`,
    })),
  ]
}
