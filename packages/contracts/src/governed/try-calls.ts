import { isAddressEqual } from 'viem'
import { ChainError } from '../chain-error.ts'
import { dryRun } from '../dry-run.ts'
import type { Proposal } from '../proposal.ts'
import type { Network } from '../reads/network/read-network.ts'
import type { ChainAccount } from '../types.ts'

/**
 * Tries the calls of a proposal out as the timelock would make them, one after the other, on the present state; nothing is sent. Calls of
 * the Dao upon itself are left out: it takes them within a proposal only.
 * @returns how many were left out.
 * @throws {ChainError} CALL_FAILS (refused) with what the contract says, naming the call; DRY_RUN_UNSUPPORTED.
 */
export async function tryCalls(
  account: ChainAccount,
  { contracts: { timelock, dao } }: Network,
  calls: Proposal['calls'],
): Promise<number> {
  const own = calls.filter(({ target }) => isAddressEqual(target, dao))
  await dryRun({ ...account, address: timelock }, async ({ wallet }) => {
    for (const [index, { target: to, data }] of calls.entries()) {
      if (isAddressEqual(to, dao)) continue
      await wallet.transact({ to, data }).catch((error: unknown) => {
        throw failing(error, index)
      })
    }
  })
  return own.length
}

function failing(error: unknown, index: number): unknown {
  if (!(error instanceof ChainError)) return error
  if (error.code === 'DRY_RUN_UNSUPPORTED' || error.code === 'RPC_FAILED') return error
  return new ChainError(`change ${index + 1} would fail: ${error.message}`, {
    code: 'CALL_FAILS',
    fault: 'refused',
    hint: 'Nothing was proposed. What fails today may hold later: --untried proposes it all the same.',
    cause: error,
    details: error.details,
  })
}
