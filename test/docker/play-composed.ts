import assert from 'node:assert/strict'
import { z } from 'zod'
import { checkIsolation } from './check-isolation.ts'
import { type Composed, composed } from './composed.ts'
import type { Engine } from './find-engine.ts'

/** Enough that a silo can be away for some in the middle, however slow the machine is; one takes less than half a second. */
const ROUNDS = 40
const SILOS = ['silo-a', 'silo-b', 'silo-c', 'silo-d']
const KILLED = 'silo-b'
const START_SECONDS = 300
const ROUND_SECONDS = 180
const RUN_SECONDS = 600

const runsSchema = z.object({ data: z.object({ runs: z.array(z.object({ rounds: z.number() })) }) })

/** Brings the federation up, looks at its containers, kills a silo and starts it again, and sees everybody finish. Returns the checks made. */
export async function playComposed(parts: {
  readonly root: string
  readonly engine: Engine
  readonly say: (line: string) => unknown
}): Promise<number> {
  const { say } = parts
  const containers = composed({ ...parts, settings: { ROUNDS: String(ROUNDS) } })
  const { compose, inspect, until } = containers
  try {
    compose('up', '--detach', '--no-build')
    await until('two rounds', START_SECONDS, () => roundsDone(containers) >= 2)
    say('up: two rounds are over')
    await kill(containers)
    say(`${KILLED} killed; a round went on without it`)
    await until('a healthy aggregator', START_SECONDS, () => isHealthy(containers))
    const checked = checkIsolation(containers)
    say(`isolated: ${checked} checks`)
    assert.ok(roundsDone(containers) < ROUNDS, 'the federation was over too early')
    compose('start', KILLED)
    // The aggregator goes on: it finalizes round after round, each after its time for disputes.
    for (const service of SILOS) {
      await until(
        `${service} finishes`,
        RUN_SECONDS,
        () => inspect(service, '{{.State.Status}}') === 'exited',
      )
      assert.equal(inspect(service, '{{.State.ExitCode}}'), '0', `${service} failed`)
    }
    checkOutcome(containers)
    say(`${ROUNDS} rounds over, everybody has the same model, the audit logs are whole`)
    return checked + 3
  } catch (error) {
    say(compose('logs', '--tail', '20'))
    throw error
  } finally {
    compose('down', '--volumes', '--timeout', '5')
  }
}

function isHealthy({ inspect }: Composed): boolean {
  return inspect('aggregator', '{{.State.Health.Status}}') === 'healthy'
}

async function kill(containers: Composed): Promise<void> {
  containers.compose('kill', '-s', 'SIGKILL', KILLED)
  const before = roundsDone(containers)
  await containers.until('a round without it', ROUND_SECONDS, () => {
    return roundsDone(containers) > before
  })
}

function roundsDone({ inside }: Composed): number {
  const { code, output } = inside('aggregator', 'fednode', 'run', 'list', '--json')
  // Not up yet, or over: then the container cannot be asked any more.
  return code === 0 ? (runsSchema.parse(JSON.parse(output)).data.runs[0]?.rounds ?? 0) : 0
}

function checkOutcome(containers: Composed): void {
  assert.equal(roundsDone(containers), ROUNDS)
  const look = 'cat /data/scenarios/*/model.safetensors | sha256sum; fednode audit verify --json'
  const command = ['run', '--rm', '--no-deps', '-T', '--entrypoint', '/bin/sh']
  const models = SILOS.map((silo) => {
    const [model = '', verified = ''] = containers.compose(...command, silo, '-c', look).split('\n')
    const { data } = JSON.parse(verified)
    assert.equal(data.finding, null)
    assert.ok(data.entries > ROUNDS, `${silo} wrote down ${data.entries} departures`)
    return model
  })
  assert.equal(new Set(models).size, 1, `models differ: ${models.join(' ')}`)
}
