import { required, toggle } from '../../../framework/option.ts'
import { address, filePath } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { engineOptions } from '../../../options/engine.ts'
import { listenOptions } from '../../../options/listen.ts'
import { signerOptions } from '../../../options/signer.ts'

export const aggregatorRunOptions = {
  ...directoryOptions,
  ...signerOptions,
  scenario: required(address, 'the federation to run; you created it'),
  data: required(filePath(), 'the held-out rows that the manifest names by CID'),
  ...chainOptions,
  ...contractOptions,
  ...listenOptions,
  ...engineOptions,
  paused: toggle('wait before the next round until  fednode aggregator resume'),
} as const
