import { FedError } from '../errors.ts'

export type PreprocessingErrorInfo = {
  /** Bytes that are not what the statistics step of this manifest gives. */
  code: 'PREPROCESSING_MALFORMED'
  reason: string
}

/** Preprocessing that cannot be used. */
export class PreprocessingError extends FedError<PreprocessingErrorInfo> {
  override name = 'PreprocessingError'
}

/** An error that says what is wrong. */
export function malformedPreprocessing(reason: string, cause?: unknown): PreprocessingError {
  return new PreprocessingError(
    `not the statistics of this manifest: ${reason}`,
    { code: 'PREPROCESSING_MALFORMED', reason },
    { cause },
  )
}
