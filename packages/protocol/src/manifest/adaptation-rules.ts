import { type Cid, codecOfCid } from '../ids.ts'
import { checkUnique } from './column-rules.ts'
import { isMeasured } from './is-measured.ts'
import { issueAt, type ManifestIssue } from './issue.ts'
import { type LayerPart, layerParts, travelsInPart } from './layer-parts.ts'
import type { Manifest } from './types.ts'

const START = ['training', 'start']
const FREEZE = ['training', 'freeze']
const ADAPTERS = ['training', 'adapters']
const PERSONAL = ['training', 'personal']

/** What is wrong with what of the model is given, trained together, and kept by each silo. */
export function checkAdaptation(manifest: Manifest): readonly ManifestIssue[] {
  const { start, freeze = [], adapters, personal = [] } = manifest.training
  const parts = layerParts(manifest)
  const named = [
    ...checkStart(start),
    ...checkLayers(FREEZE, freeze, parts),
    ...checkLayers([...ADAPTERS, 'layers'], adapters?.layers ?? [], parts),
    ...checkLayers(PERSONAL, personal, parts),
  ]
  // What follows speaks of layers by their names.
  if (named.length > 0 || !travelsInPart(manifest)) return named
  return [
    ...checkGiven(manifest),
    ...checkAdapters(manifest, parts),
    ...checkPersonal(manifest),
    ...checkMoves(manifest, parts),
  ]
}

function checkStart(start: Cid | undefined): ManifestIssue[] {
  if (start === undefined || codecOfCid(start) === 'dag-cbor') return []
  const expected = 'the CID that  fednode federation init --start FILE  writes ("bafyrei…")'
  return [issueAt(START, start, expected)]
}

function checkLayers(
  path: readonly string[],
  names: readonly string[],
  parts: readonly LayerPart[],
): ManifestIssue[] {
  const known = parts.map(({ name }) => name)
  const unknown = names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [issueAt([...path, index], name, `a layer with weights: ${known.join(', ')}`)],
  )
  return [...unknown, ...checkUnique(path, names)]
}

/** A layer that is kept as the seed drew it would be of no use. */
function checkGiven({ training }: Manifest): ManifestIssue[] {
  const { start, freeze = [], adapters } = training
  if (start !== undefined || (freeze.length === 0 && adapters === undefined)) return []
  const expected = 'the CID of a given model: layers that stay as they are have to come from one'
  return [issueAt(START, start, expected)]
}

function checkAdapters(
  { training: { adapters } }: Manifest,
  parts: readonly LayerPart[],
): ManifestIssue[] {
  if (adapters === undefined) return []
  const adapted = parts.filter(({ fate }) => fate === 'adapted')
  const odd = adapted.find(({ className }) => className !== 'Dense')
  if (odd !== undefined)
    return [issueAt([...ADAPTERS, 'layers'], odd.name, 'Dense layers only: no other has adapters')]
  if (adapted.length === 0)
    return [issueAt([...ADAPTERS, 'layers'], undefined, 'a Dense layer, or one in training.freeze')]
  const most = Math.min(...adapted.flatMap(({ tensors }) => tensors[0]?.shape ?? []))
  if (adapters.rank <= most) return []
  const expected = `at most ${most}, the smallest side of a layer with adapters`
  return [issueAt([...ADAPTERS, 'rank'], adapters.rank, expected)]
}

/** Control variates are one for each weight that travels; what nobody trained cannot be measured. */
function checkPersonal({ training, strategy, contribution }: Manifest): ManifestIssue[] {
  const { start, freeze = [], adapters, personal = [] } = training
  if (personal.length === 0) return []
  const others = [...freeze, ...(adapters?.layers ?? [])]
  const issues = personal.flatMap((name, index) =>
    others.includes(name)
      ? [issueAt([...PERSONAL, index], name, 'a layer that is neither frozen nor has adapters')]
      : [],
  )
  if (strategy.name === 'scaffold')
    issues.push(
      issueAt(['strategy', 'name'], 'scaffold', 'another strategy with training.personal'),
    )
  if (start === undefined && isMeasured(contribution)) {
    const expected =
      '"equal" or "samples", because with training.personal and without training.start the federator could only measure through layers that nobody trained'
    issues.push(issueAt(['contribution', 'estimator'], contribution.estimator, expected))
  }
  return issues
}

function checkMoves({ training }: Manifest, parts: readonly LayerPart[]): ManifestIssue[] {
  if (parts.some(({ fate }) => fate === 'shared' || fate === 'adapted')) return []
  const expected = 'a layer that is left to train together'
  const path = training.freeze === undefined ? PERSONAL : FREEZE
  return [issueAt(path, parts.map(({ name }) => name).join(', '), expected)]
}
