import { createEngine, type Engine } from '@fednode/engine'
import { FedError, type Manifest, UserError, type Weights } from '@fednode/protocol'

/** Whose weights are read, and what whoever reads the error should know. */
export type ReadWeights = {
  readonly manifest: Pick<Manifest, 'name'>
  /** Of the file that holds them. */
  readonly name: string
  readonly hint: string
}

/**
 * Reads the weights of a manifest's model with an engine that knows its layers.
 * @throws {UserError} data BAD_MODEL where `read` finds another model.
 */
export async function readWeights(
  { manifest, name, hint }: ReadWeights,
  read: (engine: Engine) => Weights,
): Promise<Weights> {
  const engine = await createEngine({ backend: 'cpu' })
  try {
    return read(engine)
  } catch (cause) {
    if (!(cause instanceof FedError)) throw cause
    throw new UserError(
      'data',
      `${name} is no model of the manifest "${manifest.name}": ${cause.message}`,
      { code: 'BAD_MODEL', hint, cause },
    )
  } finally {
    engine.dispose()
  }
}
