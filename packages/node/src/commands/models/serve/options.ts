import { optional } from '../../../framework/option.ts'
import { decimalAmount } from '../../../framework/value-type.ts'
import { chainOptions } from '../../../options/chain.ts'
import { listenOptions } from '../../../options/listen.ts'
import { metricsOptions } from '../../../options/metrics.ts'
import { modelOptions } from '../../../options/model.ts'
import { networkOptions } from '../../../options/network.ts'
import { runOption } from '../../../options/run.ts'
import { signerOptions } from '../../../options/signer.ts'
import { listingArgument } from '../listing-argument.ts'

const { listen, announce } = listenOptions

export const serveArguments = { listing: listingArgument } as const
export const serveOptions = {
  listen,
  announce,
  scenario: runOption,
  redeemAt: optional(
    decimalAmount,
    'redeem also before the end of an epoch, once a buyer owes so many FDN',
  ),
  ...modelOptions,
  ...signerOptions,
  ...chainOptions,
  ...networkOptions,
  ...metricsOptions,
} as const
