import { optional } from '../../framework/option.ts'
import { address, filePath, listOf, peerAddress } from '../../framework/value-type.ts'
import { chainOptions } from '../../options/chain.ts'
import { directoryOptions } from '../../options/directory.ts'
import { engineOptions } from '../../options/engine.ts'
import { listenOptions } from '../../options/listen.ts'

export const doctorArguments = {
  scenario: optional(address, 'federation to look at as well: its aggregator and its plan'),
} as const

export const doctorOptions = {
  data: optional(filePath(), 'rows to check against the plan of the federation'),
  bootstrap: optional(listOf(peerAddress), 'members that should be reached'),
  ...directoryOptions,
  ...chainOptions,
  listen: listenOptions.listen,
  relay: listenOptions.relay,
  ...engineOptions,
} as const
