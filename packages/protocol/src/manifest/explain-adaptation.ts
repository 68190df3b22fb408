import type { ExplainedLine } from './explain.ts'
import { countShared, type LayerPart, layerParts } from './layer-parts.ts'
import { groupThousands } from './numbers-text.ts'
import type { Manifest } from './types.ts'

/** What is given, what is trained together, and what each silo keeps for itself, in plain words; nothing where a model is trained as usual. */
export function explainAdaptation(manifest: Manifest): readonly ExplainedLine[] {
  const { start, adapters, personal = [] } = manifest.training
  const parts = layerParts(manifest)
  const lines: ExplainedLine[] = []
  if (start !== undefined)
    lines.push({
      label: 'Starts from',
      text: `a given model, ${start}: no other can take its place`,
    })
  const frozen = named(parts, 'frozen')
  if (frozen !== '')
    lines.push({ label: 'Stays as given', text: `${frozen}: not trained, and never sent` })
  if (adapters !== undefined) {
    const { rank } = adapters
    const text = `${named(parts, 'adapted')} stay as given but for a change of rank ${rank} (LoRA): only that is trained and sent`
    lines.push({ label: 'Adapters', text })
  }
  if (personal.length > 0) {
    const text = `the weights of ${named(parts, 'personal')}: you train them for yourself`
    lines.push({ label: 'Stays here', text })
  }
  if (lines.length === 0) return lines
  const count = groupThousands(countShared(manifest))
  return [...lines, { label: 'Trained together', text: `${count} numbers` }]
}

function named(parts: readonly LayerPart[], fate: LayerPart['fate']): string {
  return parts.flatMap((part) => (part.fate === fate ? [part.name] : [])).join(', ')
}
