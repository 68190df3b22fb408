import { optional } from '../framework/option.ts'
import { address, filePath, gwei, rpcUrl } from '../framework/value-type.ts'

/** Whose account a command is about; without any of them it is that of account.key in --dir. */
export const accountOptions = {
  keystore: optional(filePath(), 'encrypted key of the account (Web3 secret storage)'),
  signer: optional(rpcUrl, 'JSON-RPC signer that holds the key, such as web3signer'),
  account: optional(address, "the signer's account to act as"),
} as const

/** The same for commands that sign; no secret is ever the value of a flag. */
export const signerOptions = {
  ...accountOptions,
  passwordFile: optional(
    filePath(),
    'file with the password of --keystore, or /dev/fd/N (default: ask)',
  ),
  maxFee: optional(
    gwei,
    'most that a unit of gas may cost, tip included; 200 unless given, on a local chain no bound',
  ),
} as const
