import { randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inferTable } from '@fednode/engine'
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
import { cidOfFile } from '../../../plan/cid-of-file.ts'
import { draftManifest, draftMemberManifest } from '../../../plan/draft-manifest.ts'
import type { federationInitOptions } from './options.ts'

const MAX_SEED = 2 ** 32

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
    dataFile: path.resolve(cwd, args.data),
    outFile: path.resolve(cwd, args.out),
    title: args.name ?? nameFrom(args.data),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const manifest = await draft(options, context)
  const checked = checkManifest(manifest)
  if (!checked.ok) throw unfit(checked.issues.map((issue) => printIssue(issue)))
  const { cid } = encodeManifest(manifest)
  await writeNew(options, formatManifestYaml(manifest))
  const { data, model } = manifest
  return {
    data: { file: options.outFile, cid, manifest },
    text: [
      `Wrote ${options.out}: predict ${options.label} (${data.kind === 'table' ? data.label.classes.join(', ') : ''}) from ${data.kind === 'table' ? data.columns.length : 0} columns`,
      '',
      `  model       ${model.layers.length === 1 ? 'logistic regression' : `${model.layers.length - 1} hidden layers`}`,
      `  validation  ${manifest.contribution.validation}  (this very file; keep it to yourself)`,
      ...placeOf(options),
      '',
      `Beware: ${options.out} holds the names of the columns of ${options.data}, and their mean, deviation and range or categories.`,
      ...nextOf(options),
    ].join('\n'),
  }
}

function placeOf({ noChain, market, member }: Options): string[] {
  if (noChain) return [`  members     ${member.length} silos, no chain`]
  const opens = `opens with ${market} of currency`
  return [`  market      ${market === undefined ? 'none (--market AMOUNT makes one)' : opens}`]
}

function nextOf({ noChain, out, data }: Options): string[] {
  if (noChain) {
    return [
      `  Every member reads it: change what they may not know, then give it to them.`,
      `Next: fednode aggregator run ${out} --data ${data}, and at each silo  fednode join ${out} --bootstrap ADDRESS`,
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

async function draft(options: Options, { stderr }: Context): Promise<Manifest> {
  const data = await inferTable(options.dataFile, options.label, (column, reason) => {
    stderr.write(`${cleanLine(`left out: column "${column}", ${reason}`)}\n`)
  })
  const shared = {
    name: options.title,
    data,
    validation: await cidOfFile(options.dataFile),
    rounds: options.rounds,
    strategy: options.strategy,
    estimator: options.estimator,
    utility: options.utility,
    minSilos: options.minSilos,
    maxSilos: options.noChain ? options.member.length : options.maxSilos,
    hidden: options.hidden ?? [],
    deadlineSeconds: options.deadline,
    seed: randomInt(MAX_SEED),
  }
  const { registration: registrationSeconds, reward, market, aggregator = '' } = options
  return options.noChain
    ? draftMemberManifest(shared, { aggregator, silos: options.member.map(memberOf) })
    : draftManifest({ ...shared, registrationSeconds, reward, market })
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
