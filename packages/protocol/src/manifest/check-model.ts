import { issueAt, type ManifestIssue } from './issue.ts'
import type { ModelSpec } from './model-spec.ts'
import { readTopology } from './read-topology.ts'
import { checkTopology } from './topology.ts'

/**
 * What is wrong with a model that does not come out of a checked manifest (T20): layers and options off the allow-list, shapes that do not
 * fit, sizes over the limits. Costs nothing that grows with the sizes asked for.
 */
export function checkModel(model: ModelSpec): readonly ManifestIssue[] {
  const { topology, featureShape } = model
  if (featureShape.some((length) => !Number.isSafeInteger(length) || length < 1))
    return [
      issueAt(['data'], featureShape.join(' x '), 'rows whose dimensions are integers from 1'),
    ]
  const read = readTopology(topology)
  return read.ok ? checkTopology(model, 1) : read.issues
}
