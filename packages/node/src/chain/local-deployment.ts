import { LOCAL_CHAIN_ID } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'

/**
 * Key of the account that deploys on the local chain: the first of anvil's and hardhat's well-known ones, so that the addresses below are
 * the same every time. Worthless: connectAccount refuses it on any other chain (T59).
 */
export const LOCAL_DEPLOYER_KEY =
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
/** CREATE address of that account's first transaction. */
export const LOCAL_CURRENCY = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
/** CREATE address of that account's third transaction; the second one brings the pool's code. */
export const LOCAL_ORCHESTRATOR = '0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0'

/** A contract that was named, or the local chain's. @throws {UserError} MISSING_OPTION elsewhere. */
export function contractOr(
  given: `0x${string}` | undefined,
  local: { readonly chainId: number; readonly flag: string; readonly address: `0x${string}` },
): `0x${string}` {
  if (given !== undefined) return given
  if (local.chainId === LOCAL_CHAIN_ID) return local.address
  throw new UserError(
    'usage',
    `${local.flag} is missing, and chain ${local.chainId} has no default`,
    {
      code: 'MISSING_OPTION',
      hint: `Give  ${local.flag} 0x…  or write it into config.yaml.`,
    },
  )
}
