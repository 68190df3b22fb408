import { FedError, type Round } from '@fednode/protocol'

export type SiloErrorInfo =
  /** The global model does not have the manifest's weights, or has a value that is not finite. */
  | { code: 'BAD_GLOBAL_MODEL'; round: Round; reason: string }
  /** The pooled statistics are not those of the manifest, or not those of the rounds before. */
  | { code: 'BAD_PREPROCESSING'; round: Round; reason: string }
  /** A row of the silo's journal does not have the form that this version writes. */
  | { code: 'SILO_JOURNAL_CORRUPT'; path: string }

/** What a silo refuses to go on with. */
export class SiloError extends FedError<SiloErrorInfo> {
  override name = 'SiloError'
}
