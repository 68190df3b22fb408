import { FedError } from '../../../packages/protocol/src/index.ts'

/** A shared data file is not what its README says. */
export class LabDataError extends FedError<{ code: 'BAD_LAB_DATA'; file: string }> {
  override name = 'LabDataError'

  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`, { code: 'BAD_LAB_DATA', file })
  }
}
