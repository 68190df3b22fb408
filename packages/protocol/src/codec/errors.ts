import { FedError } from '../errors.ts'

export type CodecErrorInfo =
  /** The input is longer than the caller or the protocol allows. */
  | { code: 'CODEC_TOO_LARGE'; size: number; limit: number }
  /** Values are nested deeper than MAX_DEPTH. */
  | { code: 'CODEC_TOO_DEEP'; limit: number }
  /** Not the one valid DAG-CBOR encoding of an allowed value. */
  | { code: 'CODEC_NOT_CANONICAL'; reason: string }
  /** A key that could reach a prototype. */
  | { code: 'CODEC_FORBIDDEN_KEY'; key: string }
  /** A value that has no encoding: float, undefined, bigint, class instance, broken text. */
  | { code: 'CODEC_NOT_ENCODABLE'; reason: string }
  /** Not JSON, or JSON with a duplicate key. */
  | { code: 'CODEC_BAD_JSON'; reason: string }
  /** Not a valid safetensors file. */
  | { code: 'CODEC_BAD_SAFETENSORS'; reason: string }
  /** Valid tensors, but not those of the model. */
  | { code: 'CODEC_WRONG_TENSORS'; reason: string }
  /** The right tensors of a compressed update, with values that no writer puts there. */
  | { code: 'CODEC_BAD_COMPRESSION'; reason: string }

/** Bytes that cannot be decoded, or a value that cannot be encoded. */
export class CodecError extends FedError<CodecErrorInfo> {
  override name = 'CodecError'
}
