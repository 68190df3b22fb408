import { optional, required } from '../../../framework/option.ts'
import { address, filePath, listOf } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions, currencyOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { dryRunOptions } from '../../../options/dry-run.ts'
import { signerOptions } from '../../../options/signer.ts'

export const createArguments = {
  file: required(filePath(), 'the manifest, federation.yaml'),
} as const

export const createOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  ...currencyOptions,
  allow: optional(listOf(address), 'accounts that may register when registration is not open'),
  ...dryRunOptions,
} as const
