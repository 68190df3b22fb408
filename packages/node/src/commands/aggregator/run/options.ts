import { defaulted, optional, required, toggle } from '../../../framework/option.ts'
import { address, filePath, integer } from '../../../framework/value-type.ts'
import { comparedChainOptions } from '../../../options/chain.ts'
import { contractOptions } from '../../../options/contracts.ts'
import { directoryOptions } from '../../../options/directory.ts'
import { engineOptions } from '../../../options/engine.ts'
import { listenOptions } from '../../../options/listen.ts'
import { metricsOptions } from '../../../options/metrics.ts'
import { signerOptions } from '../../../options/signer.ts'
import { startOptions } from '../../../options/start.ts'

const DEFAULT_LEASE_SECONDS = 3_600

export const aggregatorRunArguments = {
  manifest: optional(
    filePath('MANIFEST'),
    'federation.yaml of a federation without a chain (chain: none); else --scenario',
  ),
} as const

export const aggregatorRunOptions = {
  ...directoryOptions,
  ...signerOptions,
  scenario: optional(address, 'the federation to run; you created it'),
  data: required(filePath(), 'the held-out rows that the manifest names by CID'),
  ...startOptions,
  ...comparedChainOptions,
  ...contractOptions,
  ...listenOptions,
  engine: engineOptions.engine,
  ...metricsOptions,
  lease: defaulted(
    integer('SECONDS', 10, 86_400),
    DEFAULT_LEASE_SECONDS,
    'how long it leads without a word of the chain, which is how long a standby waits after a crash',
  ),
  confirmations: optional(
    integer('BLOCKS', 0, 1_000),
    'blocks above the last payment before it is believed; 12 unless given, on a local chain none',
  ),
  rebuild: optional(
    address,
    'the federation to run, in place of --scenario, when its directory is lost or old: what its rounds left is taken from the silos and the chain',
  ),
  standby: toggle('follow the aggregator that leads, and take its place when its lease is over'),
  paused: toggle('wait before the next round until  fednode aggregator resume'),
} as const
