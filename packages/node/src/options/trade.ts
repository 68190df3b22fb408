import { defaulted, required, toggle } from '../framework/option.ts'
import { decimalAmount, integer, text } from '../framework/value-type.ts'
import { chainOptions } from './chain.ts'
import { contractOptions } from './contracts.ts'
import { directoryOptions } from './directory.ts'
import { dryRunOptions } from './dry-run.ts'
import { signerOptions } from './signer.ts'
import { scenarioArgument } from './target.ts'

/** Price tolerance of a trade unless told otherwise: 1 %. */
export const DEFAULT_TOLERANCE_BPS = 100
/** How long a trade may wait to be mined. */
export const DEFAULT_DEADLINE_SECONDS = 300

/** Whose token, and how much. */
export const tradeArguments = {
  scenario: scenarioArgument,
  silo: required(text('SILO'), 'name of the silo whose token is traded'),
  amount: required(decimalAmount, 'currency to spend (buy), or tokens to sell (sell)'),
} as const

/** How a trade is protected. */
export const tradeOptions = {
  ...directoryOptions,
  ...signerOptions,
  ...chainOptions,
  ...contractOptions,
  tolerance: defaulted(
    integer('BPS', 0, 5_000),
    DEFAULT_TOLERANCE_BPS,
    'worst price accepted, in basis points below the quote',
  ),
  deadline: defaulted(
    integer('SECONDS', 10, 86_400),
    DEFAULT_DEADLINE_SECONDS,
    'give up when not mined by then',
  ),
  ...dryRunOptions,
  yes: toggle('do not ask'),
} as const
