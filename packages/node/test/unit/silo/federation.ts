import path from 'node:path'
import { aggregate, type UpdateSource, type ValueSource } from '@fednode/aggregator'
import type { Dataset } from '@fednode/engine'
import {
  type BlobRef,
  checkUpdateContent,
  createPeerKey,
  encodeWeights,
  type Manifest,
  type SiloName,
  type Weights,
} from '@fednode/protocol'
import {
  type Player,
  type ScriptedAggregator,
  type StartedSilo,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

type Cleanup = (() => unknown)[]

/** Silos that run for real, and an aggregator that only does its arithmetic. */
export type Federation = {
  readonly silos: readonly StartedSilo[]
  /** Opens the next round, takes everybody's update, aggregates, says the result; returns the new global model. */
  playRound(): Promise<Weights>
  /** Bytes of every update so far. */
  readonly sizes: readonly number[]
  /** Ends a silo and starts it again in its directory, as after a crash. */
  restart(index: number): Promise<StartedSilo>
}

/** Starts one silo per data set. */
export async function startFederation(
  cleanup: Cleanup,
  options: {
    readonly manifest: Manifest
    readonly datasets: readonly Dataset[]
    /** The global model of round 1, when it is not the harness's. */
    readonly first?: Weights
    /** The model that training.start names. */
    readonly start?: Weights
  },
): Promise<Federation> {
  const { manifest, datasets, first, start } = options
  const directory = temporaryDirectory(cleanup)
  const aggregator = await startAggregator(directory, cleanup)
  const players = datasets.map((dataset, i) => ({
    name: `silo-${i}` as SiloName,
    key: createPeerKey(new Uint8Array(32).fill(10 + i)),
    dataset,
  }))
  const readEndpoint = () => aggregator.host.addresses()
  const startOne = (self: Player): Promise<StartedSilo> =>
    startSilo(path.join(directory, self.name), cleanup, { readEndpoint, manifest, self, players })
  const silos: StartedSilo[] = []
  for (const self of players) silos.push(await startOne(self))
  if (start !== undefined) await aggregator.blobs.put(encodeWeights(start))
  const sizes: number[] = []
  let now: Standing = {
    round: 0,
    base: first ?? aggregator.weights,
    model: first ? await aggregator.blobs.put(encodeWeights(first)) : aggregator.model,
    state: new Map(),
  }
  return {
    silos,
    sizes,
    async restart(index) {
      await silos[index]?.silo.stop()
      silos[index]?.journal.close()
      return startOne(players[index] as Player)
    },
    async playRound() {
      const round = now.round + 1
      const control = now.state.get('control')
      const blob =
        control && (await aggregator.blobs.put(encodeWeights({ ...now.base, values: control })))
      const { model } = now
      await aggregator.say(
        aggregator.open(round, { model, ...(blob === undefined ? {} : { control: blob }) }),
      )
      const updates = await Promise.all(
        players.map((player) =>
          takeUpdate(aggregator, { player, round, manifest, base: now.base, sizes }),
        ),
      )
      now = await nextStanding(aggregator, { now, manifest, updates })
      await sayResult(aggregator, { ...now, players })
      return now.base
    },
  }
}

type Standing = {
  readonly round: number
  readonly base: Weights
  readonly model: BlobRef
  /** The strategy's vectors. */
  readonly state: ReadonlyMap<string, Float32Array>
}

async function takeUpdate(
  aggregator: ScriptedAggregator,
  expected: {
    readonly player: Player
    readonly round: number
    readonly manifest: Manifest
    readonly base: Weights
    readonly sizes: number[]
  },
): Promise<UpdateSource> {
  const { player, round, manifest, base, sizes } = expected
  const { name, key } = player
  const { update, samples } = await aggregator.update(
    (message) => message.round === round && message.silo === name,
  )
  const checked = checkUpdateContent(await aggregator.fetch(update, key.peerId), {
    base,
    maxNorm: manifest.limits.updateNorm,
    compression: manifest.compression,
  })
  if (!checked.ok) throw new TypeError(`${name}: ${checked.detail}`)
  sizes.push(update.size)
  const { epochs = 1, batchSize } = manifest.training
  const steps = epochs * Math.ceil(samples / batchSize)
  return { ...sourceOf(checked.weights.values), silo: name, samples, steps }
}

async function nextStanding(
  aggregator: ScriptedAggregator,
  {
    now,
    manifest,
    updates,
  }: {
    readonly now: Standing
    readonly manifest: Manifest
    readonly updates: readonly UpdateSource[]
  },
): Promise<Standing> {
  const state = new Map<string, Float32Array>()
  const input = {
    base: sourceOf(now.base.values),
    updates,
    state: new Map([...now.state].map(([name, values]) => [name, sourceOf(values)])),
    localLearningRate: manifest.training.learningRate,
    clients: updates.length,
  }
  const { values } = await aggregate(manifest.strategy, input, (name) => {
    const kept = state.get(name) ?? new Float32Array(now.base.values.length)
    state.set(name, kept)
    return { write: (start, part) => kept.set(part, start) }
  })
  const base = { specs: now.base.specs, values }
  return {
    round: now.round + 1,
    base,
    model: await aggregator.blobs.put(encodeWeights(base)),
    state,
  }
}

async function sayResult(
  aggregator: ScriptedAggregator,
  { round, model, players }: Standing & { readonly players: readonly Player[] },
): Promise<void> {
  await aggregator.say({
    ...{ type: 'round-result', ...scopeOf(round), model, evidence: model, last: false },
    ...{ metrics: {}, lossPico: 0, utilityBeforePico: 0, utilityAfterPico: 0 },
    contributions: players.map(({ name }) => ({
      ...{ silo: name, shapleyPico: 0, standardErrorPico: 0, share: 0 },
    })),
  })
}

function sourceOf(values: Float32Array): ValueSource {
  return {
    length: values.length,
    read: (start, target) => target.set(values.subarray(start, start + target.length)),
  }
}
