import { chainOptions } from '../../../options/chain.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { networkOptions } from '../../../options/network.ts'
import { signerOptions } from '../../../options/signer.ts'

export const beaconRunOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...networkOptions,
} as const
