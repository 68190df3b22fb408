import { randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  checkManifest,
  encodeManifest,
  formatManifestYaml,
  type Manifest,
  printIssue,
  UserError,
} from '@fednode/protocol'
import { cleanLine } from '../../../framework/clean-line.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { agreeOnScales } from '../../../plan/agree-on-scales.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { describeData } from '../../../plan/describe-data.ts'
import { draftManifest, draftMemberManifest } from '../../../plan/draft-manifest.ts'
import { readStartFile } from '../../../start/start-file.ts'
import { withStart } from '../../../start/with-start.ts'
import { type DataDraft, draftFromData } from './draft-from-data.ts'
import { draftNotes } from './draft-notes.ts'
import type { federationInitOptions } from './options.ts'

const MAX_SEED = 2 ** 32
const LINEAR_MODELS = {
  classification: 'logistic regression',
  regression: 'linear regression',
  survival: 'Cox proportional hazards',
} as const

type Args = ArgsOf<typeof federationInitOptions>
type Options = Args & {
  readonly dataFile: string
  readonly outFile: string
  readonly title: string
}

export function init(args: Args, { cwd }: Context): Options {
  checkMemberOptions(args)
  if (args.minSilos > args.maxSilos) {
    throw new UserError(
      'usage',
      `--min-silos: got ${args.minSilos}, expected at most --max-silos, which is ${args.maxSilos}`,
      {
        code: 'BAD_OPTION',
      },
    )
  }
  return {
    ...args,
    dataFile: dataSource(cwd, args.data),
    outFile: path.resolve(cwd, args.out),
    title: args.name ?? nameFrom(args.data),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const seed = randomInt(MAX_SEED)
  const maxSilos = options.noChain ? options.member.length : options.maxSilos
  const { silos: silo, label, task, group, time, event, past, horizon, minSilos } = options
  const wish = { silo, label, task, group, time, event, past, horizon }
  const found = await draftFromData(options.dataFile, { ...wish, seed, minSilos, maxSilos })
  const { comments, lines } = draftNotes(found)
  for (const line of lines) context.stderr.write(`${line}\n`)
  const draft = draftOf(options, found, seed)
  const manifest = await started(options.ownScales ? draft : agreeOnScales(draft), options, context)
  const checked = checkManifest(manifest)
  if (!checked.ok) throw unfit(checked.issues.map((issue) => printIssue(issue)))
  const { cid } = encodeManifest(manifest)
  await writeNew(options, `${comments}${formatManifestYaml(manifest)}`)
  return {
    data: {
      file: options.outFile,
      cid,
      manifest,
      leftOut: found.leftOut,
      silos: found.silos ?? null,
    },
    text: [
      `Wrote ${options.out}: ${describeData(manifest.data)} (${manifest.task})`,
      '',
      `  model       ${modelText(manifest)}`,
      ...scalesOf(manifest),
      ...validationOf(found),
      ...placeOf(options),
      '',
      `Beware: ${options.out} holds ${disclosedBy(manifest, options.data)}.`,
      ...nextOf(options, found),
    ].join('\n'),
  }
}

/** What of the file the manifest says. */
function disclosedBy({ data, preprocessing }: Manifest, file: string): string {
  if (data.kind === 'array')
    return `the size of the rows of ${file}, and what its classes are called`
  const scales = preprocessing === undefined ? 'mean, deviation and ' : ''
  return `the names of the columns of ${file}, and their ${scales}range or categories`
}

function modelText(manifest: Manifest): string {
  const { start } = manifest.training
  const layers = layersText(manifest)
  return start === undefined ? layers : `${layers}, starting from ${start}`
}

function layersText({ task, data, model }: Manifest): string {
  if (data.kind === 'text') return 'the mean of word vectors'
  const trained = model.layers.filter(({ className }) => className !== 'Flatten').length
  if (task === 'anomaly') return 'autoencoder'
  if (trained === 1) return LINEAR_MODELS[task]
  return trained === 2 ? '1 hidden layer' : `${trained - 1} hidden layers`
}

function scalesOf({ preprocessing }: Manifest): string[] {
  if (preprocessing === undefined) return []
  return ['  scales      means and deviations that the silos find together before round 1']
}

function validationOf({ validation, silos }: DataDraft): string[] {
  if (silos === undefined)
    return [`  validation  ${validation}  (this very file; keep it to yourself)`]
  return [
    `  silos       ${silos.length}: ${silos.map(cleanLine).join(', ')}`,
    `  validation  ${validation}  (a fifth of the rows of each silo, drawn by the seed)`,
  ]
}

function placeOf({ noChain, market, member }: Options): string[] {
  if (noChain) return [`  members     ${member.length} silos, no chain`]
  const opens = `opens with ${market} of currency`
  return [`  market      ${market === undefined ? 'none (--market AMOUNT makes one)' : opens}`]
}

function nextOf({ noChain, ownScales, out, data, start }: Options, { silos }: DataDraft): string[] {
  if (ownScales) {
    return [
      '  Whoever takes part reads it: change what they may not know first.',
      `Next: fednode alliance create ${out}, or  fednode task create ${out}`,
    ]
  }
  const given = start === undefined ? '' : ` --start ${start}`
  if (silos !== undefined) return [`Next: fednode up ${out} --data ${data}${given}`]
  if (noChain) {
    return [
      `  Every member reads it: change what they may not know, then give it to them.`,
      `Next: fednode aggregator run ${out} --data ${data}${given}, and at each silo  fednode join ${out} --bootstrap ADDRESS`,
    ]
  }
  return [
    '  federation create makes it public for ever: read it first, and change what nobody may know.',
    `Next: fednode federation show ${out}, then  fednode federation create ${out}`,
  ]
}

/** Members and money exclude each other. */
function checkMemberOptions({ noChain, aggregator, member, market }: Args): void {
  const isListed = aggregator !== undefined && member.length > 0
  if (noChain ? isListed && market === undefined : aggregator === undefined && member.length === 0)
    return
  throw new UserError(
    'usage',
    noChain
      ? '--no-chain goes with --aggregator and --member, and without --market'
      : '--aggregator and --member are for a federation without a chain (--no-chain)',
    {
      code: 'BAD_OPTION',
      hint: 'fednode init  prints the peer id of each directory:  --no-chain --aggregator 12D3KooW… --member north=12D3KooW… --member south=12D3KooW…',
    },
  )
}

function draftOf(options: Options, { data, validation, silos }: DataDraft, seed: number): Manifest {
  const shared = {
    name: options.title,
    data,
    validation,
    rounds: options.rounds,
    strategy: options.strategy,
    estimator: options.estimator,
    utility: options.utility,
    minSilos: options.minSilos,
    maxSilos: options.noChain ? options.member.length : (silos?.length ?? options.maxSilos),
    hidden: options.hidden ?? [],
    deadlineSeconds: options.deadline,
    seed,
  }
  const { registration: registrationSeconds, reward, market, aggregator = '' } = options
  return options.noChain
    ? draftMemberManifest(shared, { aggregator, silos: options.member.map(memberOf) })
    : draftManifest({ ...shared, registrationSeconds, reward, market })
}

/** The draft, starting from the model that --start names. */
async function started(
  draft: Manifest,
  { start, hidden }: Options,
  { cwd }: Context,
): Promise<Manifest> {
  if (start === undefined) return draft
  const file = await readStartFile(path.resolve(cwd, start), start)
  if (file.topology === undefined || hidden === undefined) return withStart(draft, file)
  throw new UserError('usage', `--hidden: ${start} says itself what its layers are`, {
    code: 'BAD_OPTION',
    hint: 'Leave out --hidden.',
  })
}

/** "north=12D3KooW…"; what is no name or peer id is refused with the rest of the manifest. */
function memberOf(text: string): { readonly name: string; readonly peerId: string } {
  const [name = '', peerId = ''] = text.split('=')
  return { name, peerId }
}

/** Never overwrites: a manifest may have been edited for days. */
async function writeNew({ outFile, out }: Options, text: string): Promise<void> {
  try {
    await writeFile(outFile, text, { flag: 'wx' })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    throw new UserError('usage', `${out}: is there already`, {
      code: 'FILE_EXISTS',
      hint: 'Give another --out, or move it away first.',
      cause,
    })
  }
}

function nameFrom(file: string): string {
  const name = path
    .basename(file)
    .replace(/\..*$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '')
  return name === '' ? 'federation' : name
}

function unfit(lines: readonly string[]): UserError {
  return new UserError('data', `no manifest can be made of this file:\n${lines.join('\n')}`, {
    code: 'MANIFEST_UNFIT',
    hint: 'Rename or leave out the columns named above.',
  })
}
