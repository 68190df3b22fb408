import type { CardFacts } from './card-facts.ts'

/** How a reader checks a card, and how the model is used. */
export function describeUse({ found }: CardFacts): readonly string[] {
  const { kept, manifest } = found
  const scenario = kept.scenario
  const anchored =
    manifest.chain === 'none'
      ? 'Every member can make the rounds again from their evidence; each identifier above is the SHA-256 of what it names.'
      : 'The Scenario holds the digests of every round’s model and evidence; each identifier above is the SHA-256 of what it names.'
  return [
    '## How to verify it',
    anchored,
    block([`fednode contrib verify ${scenario}`]),
    '## How to use it',
    `Rows have to have the columns above; fednode encodes and scales them as in training. Exported models take rows that are encoded and scaled already: how is in the notes that each file carries.`,
    block([
      `fednode model predict ${scenario} --data new.csv --out predictions.csv`,
      `fednode model export ${scenario} --format onnx --out model.onnx`,
    ]),
  ]
}

function block(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n')
}
