import { defaulted, optional } from '../../framework/option.ts'
import { address, choice, filePath } from '../../framework/value-type.ts'
import { chainOptions } from '../../options/chain.ts'
import { directoryOptions } from '../../options/directory.ts'
import { ROLES } from '../../options/roles.ts'
import { signerOptions } from '../../options/signer.ts'

export const initOptions = {
  ...directoryOptions,
  role: defaulted(choice('ROLE', ROLES), 'silo', `what this participant does: ${ROLES.join(', ')}`),
  keystore: optional(
    filePath(),
    "write the account's key there, encrypted, instead of account.key; one that is there is used",
  ),
  passwordFile: signerOptions.passwordFile,
  ...chainOptions,
  orchestrator: optional(address, 'contract that creates federations'),
  currency: optional(address, 'ERC-20 that rewards are paid in'),
} as const
