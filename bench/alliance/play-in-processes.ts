import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  connectChain,
  ONE_TOKEN,
  readNetwork,
  startAnvil,
} from '../../packages/contracts/src/index.ts'
import { accountOf } from '../../packages/contracts/test/support/accounts.ts'
import type { Dataset, Engine } from '../../packages/engine/src/index.ts'
import { firstModel } from '../../packages/node/src/alliance/first-model.ts'
import {
  deployLocalNetwork,
  localBeaconSigner,
} from '../../packages/node/src/chain/local-network.ts'
import type { Plan } from '../../packages/node/src/plan/plan.ts'
import { readPlanFile } from '../../packages/node/src/plan/read-plan-file.ts'
import {
  cidOfBlob,
  decodeWeights,
  digestOfCid,
  modelSpecOf,
} from '../../packages/protocol/src/index.ts'
import { linesOf } from '../../test/e2e/lines-of.ts'
import { endsWell } from '../network/ends-well.ts'
import { type StartedMember, startMember } from '../network/start-member.ts'
import {
  allianceManifest,
  dealDigits,
  foundAlliance,
  gainOf,
  NODES,
  STAKE,
} from './alliance-scene.ts'
import { keepTime } from './keep-time.ts'
import type { Play, Played } from './play.ts'

/** What each node puts in, tokens. */
const STAKED = Number(STAKE / ONE_TOKEN)

/** The same alliance with `fednode join --role alliance` as a process of its own for each node. */
export async function playInProcesses(engine: Engine, play: Play): Promise<Played> {
  const anvil = await startAnvil()
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-bench-alliance-'))
  const members: StartedMember[] = []
  try {
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    const founder = await accountOf(reader, 'founder')
    const network = await readNetwork(reader, { directory: await deployLocalNetwork(founder) })
    const source = path.join(directory, 'federation.json')
    await writeFile(source, JSON.stringify(allianceManifest(play.rounds, play.seed)))
    const plan = await readPlanFile(source)
    const model = digestOfCid(cidOfBlob(firstModel(engine, plan.manifest)))
    const terms = { manifest: digestOfCid(plan.cid), model, rounds: play.rounds }
    const { id, task } = await foundAlliance(founder, network, terms)
    const stage = { reader, founder, network, plan, directory }
    const { silos, test } = dealDigits(play.seed)
    for (const [index, data] of silos.entries()) {
      const words = attackOf(play, index)
      const about = { name: `node-${index}`, what: String(id), role: 'alliance', words } as const
      const known = members[0]?.process
      const money = { stake: STAKED, tokens: STAKE }
      members.push(await startMember(stage, { ...about, ...money, data, known }))
    }
    const quiet = play.mischief === 'silence' ? members.slice(NODES - play.malicious) : []
    const isSilent = (account: string) => quiet.some(({ address }) => address === account)
    const signer = localBeaconSigner()
    const ends = members.map(({ process }) => endsWell(process))
    await Promise.all([keepTime(founder, network, { id, isSilent, signer }), ...ends])
    const of = ({ address: account }: StartedMember) =>
      gainOf(reader, network, { id, task, account })
    const gains = await Promise.all(members.map(of))
    return { accuracy: await accuracyOf(engine, { plan, members, test }), gains }
  } finally {
    for (const { process } of members) process.child.kill('SIGKILL')
    await anvil.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

function attackOf({ mischief, malicious }: Play, index: number): readonly string[] {
  const isMalicious = mischief !== undefined && index >= NODES - malicious
  return isMalicious ? ['--simulate-attack', mischief] : []
}

async function accuracyOf(
  engine: Engine,
  of: { readonly plan: Plan; readonly members: readonly StartedMember[]; readonly test: Dataset },
): Promise<number> {
  const { plan, members, test } = of
  const file = members.flatMap(({ process }) => linesOf(process).at(-1)?.model ?? []).at(0)
  const model = modelSpecOf(plan.manifest)
  const weights = decodeWeights(await readFile(String(file)), engine.weightSpecs(model))
  return engine.evaluate(model, weights, test).metrics.accuracy ?? 0
}
