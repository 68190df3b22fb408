import path from 'node:path'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { cardText } from '../../../model/card/card-text.ts'
import { gatherCard } from '../../../model/card/gather-card.ts'
import { type KeptChoice, keptChoice } from '../../../model/kept-choice.ts'
import { modelOrigin } from '../../../model/model-origin.ts'
import { writeResult } from '../../../model/write-result.ts'
import type { modelArguments } from '../../../options/model.ts'
import type { modelCardOptions } from './options.ts'

type Args = ArgsOf<typeof modelArguments> & ArgsOf<typeof modelCardOptions>
type Options = { readonly choice: KeptChoice; readonly out: string | undefined }

export function init(args: Args, { cwd }: Context): Options {
  const { out } = args
  return {
    choice: keptChoice(args, cwd),
    out: out === undefined ? undefined : path.resolve(cwd, out),
  }
}

export async function run({ choice, out }: Options): Promise<Outcome> {
  const facts = await gatherCard(choice)
  const { found, rounds, silos, withoutEvidence } = facts
  const card = cardText(facts)
  const data = { ...modelOrigin(found), rounds, silos, withoutEvidence }
  if (out === undefined) return { data: { ...data, card }, text: card }
  await writeResult(out, new TextEncoder().encode(`${card}\n`))
  return { data: { ...data, file: out }, text: `Model card: ${out}` }
}
