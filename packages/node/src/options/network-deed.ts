import { toggle } from '../framework/option.ts'
import { chainOptions } from './chain.ts'
import { directoryOptions } from './directory.ts'
import { dryRunOptions } from './dry-run.ts'
import { networkOptions } from './network.ts'
import { signerOptions } from './signer.ts'

/** On every command that does something in a network. */
export const networkDeedOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...networkOptions,
  ...dryRunOptions,
  yes: toggle('do not ask'),
} as const
