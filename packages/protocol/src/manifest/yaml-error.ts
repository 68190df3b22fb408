import { FedError } from '../errors.ts'

export type YamlErrorInfo =
  /** Not YAML, or YAML beyond plain maps, lists and scalars. */
  { code: 'YAML_NOT_PLAIN'; line: number }

/** A YAML text that is not taken. */
export class YamlError extends FedError<YamlErrorInfo> {
  override name = 'YamlError'
}
