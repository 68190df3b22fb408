import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startCli } from './start-cli.ts'

const ATTACKERS = ['silo-d', 'silo-e']

const documentSchema = z.object({
  status: z.literal('ok'),
  data: z.object({
    strategy: z.string(),
    attack: z.object({ name: z.string(), silos: z.array(z.string()) }).nullable(),
    rounds: z
      .array(
        z.object({
          accuracy: z.number(),
          contributions: z.array(z.object({ silo: z.string(), shapley: z.number() })),
        }),
      )
      .length(2),
    silos: z.array(z.object({ name: z.string(), rewarded: z.string().transform(BigInt) })),
  }),
})

type Data = z.infer<typeof documentSchema>['data']

describe('fednode up --attack', () => {
  let directory: string
  let started: ChildProcess | undefined

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-attack-'))
  })

  afterEach(async () => {
    started?.kill('SIGKILL')
    started = undefined
    await rm(directory, { recursive: true, force: true })
  })

  async function attacked(strategy: string): Promise<Data> {
    const out = path.join(directory, strategy)
    const orders = ['--attack', 'ipm', '--attackers', '2', '--strategy', strategy]
    const flags = [...orders, '--rounds', '2', '--out', out, '--no-report', '--json']
    const cli = startCli(['up', ...flags], directory)
    started = cli.child
    expect(await cli.code, cli.stderr()).toBe(0)
    const { data } = documentSchema.parse(JSON.parse(cli.stdout()))
    expect(data).toMatchObject({ strategy, attack: { name: 'ipm', silos: ATTACKERS } })
    return data
  }

  it('T30: two colluders of five break the mean, not the median, and earn nothing', async () => {
    const mean = await attacked('fedavg')
    expect(mean.rounds.at(-1)?.accuracy).toBeLessThan(0.3)
    for (const { name, rewarded } of mean.silos)
      if (ATTACKERS.includes(name)) expect(rewarded, name).toBe(0n)
      else expect(rewarded, name).toBeGreaterThan(0n)
    for (const { contributions } of mean.rounds)
      for (const { silo, shapley } of contributions)
        expect(shapley < 0, silo).toBe(ATTACKERS.includes(silo))
    const median = await attacked('median')
    expect(median.rounds.at(-1)?.accuracy).toBeGreaterThan(0.6)
  })
})
