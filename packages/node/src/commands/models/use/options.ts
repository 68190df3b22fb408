import { defaulted, optional, required } from '../../../framework/option.ts'
import {
  decimalAmount,
  filePath,
  integer,
  listOf,
  peerAddress,
  text,
} from '../../../framework/value-type.ts'
import { networkDeedOptions } from '../../../options/network-deed.ts'
import { listingArgument } from '../listing-argument.ts'

/** As MAX_BATCH_ROWS, whose module is not for --help. */
const MAX_BATCH = 4_096

export const useArguments = { listing: listingArgument } as const
export const useOptions = {
  provider: required(peerAddress, 'address of the node that serves it, as its owner tells'),
  data: required(filePath(), 'the rows: a file, a folder of images, or one SELECT'),
  out: required(filePath(), 'file to write, by its ending: .csv, .jsonl or .parquet'),
  max: required(decimalAmount, 'FDN that may be signed for at most'),
  batch: defaulted(
    integer('ROWS', 1, MAX_BATCH),
    256,
    'rows of one request: what a provider can cost that does not answer',
  ),
  columns: optional(
    listOf(text('COLUMN')),
    'the only columns that the provider may see; for scripts (default: those that it asks for)',
  ),
  id: optional(text('COLUMN'), 'column of the data to copy, so that rows are recognised'),
  ...networkDeedOptions,
} as const
