import { FedError } from '@fednode/protocol'

export type AllianceErrorInfo =
  /** A global model does not have the manifest's weights, or has a value that is not finite. */
  { code: 'BAD_ALLIANCE_MODEL'; round: number; reason: string }

/** What a node of an alliance cannot go on with. */
export class AllianceError extends FedError<AllianceErrorInfo> {
  override name = 'AllianceError'
}
