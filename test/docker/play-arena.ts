import assert from 'node:assert/strict'
import { z } from 'zod'
import { type Composed, composed } from './composed.ts'
import type { Engine } from './find-engine.ts'

const NODES = ['node-a', 'node-b']
const VALIDATORS = ['validator-a', 'validator-b', 'validator-c']
const MEMBERS = [...NODES, ...VALIDATORS]
const KILLED = 'validator-b'
/** For members to come up and for nodes to train: long, as a machine may be slow. */
const SECONDS_TO_SUBMIT = 180
const START_SECONDS = 300
const VOTE_SECONDS = 300
const END_SECONDS = 300

const taskSchema = z.object({
  data: z.object({
    phase: z.string(),
    members: z.array(z.object({ role: z.enum(['node', 'validator']) })),
    rounds: z.array(
      z.object({
        models: z.array(z.object({ reward: z.string() })),
        validators: z.array(
          z.object({ scores: z.array(z.number()).optional(), reward: z.string() }),
        ),
      }),
    ),
  }),
})
type TaskData = z.infer<typeof taskSchema>['data']

/**
 * Brings up the profile `arena` of compose.yaml: a task is posed, two nodes train, three validators score, one of which is killed between its
 * commitment and its reveal and started again. Returns the checks made.
 */
export async function playArena(parts: {
  readonly root: string
  readonly engine: Engine
  readonly say: (line: string) => unknown
}): Promise<number> {
  const { say } = parts
  const settings = { COMPOSE_PROFILES: 'arena', SECONDS_TO_SUBMIT: String(SECONDS_TO_SUBMIT) }
  const containers = composed({ ...parts, settings })
  const { compose, until } = containers
  try {
    compose('up', '--detach', '--no-build', 'beacon', ...MEMBERS)
    await until('all join', START_SECONDS, () => {
      return taskOf(containers)?.members.length === MEMBERS.length
    })
    say('up: two nodes and three validators have joined the task')
    await until('a healthy validator', START_SECONDS, () => isHealthy(containers))
    const checked = checkValidator(containers)
    say(`isolated: ${checked} checks`)
    await until(`${KILLED} commits to scores`, SECONDS_TO_SUBMIT + VOTE_SECONDS, () => {
      return logOf(containers, KILLED).includes('scores committed')
    })
    compose('kill', '-s', 'SIGKILL', KILLED)
    assert.ok(!logOf(containers, KILLED).includes('scores revealed'), 'killed too late')
    say(`${KILLED} killed with its scores not revealed`)
    compose('start', KILLED)
    await finish(containers)
    checkRewards(taskOf(containers))
    say('the round is counted: both models and all validators are paid, also who was killed')
    return checked + 5
  } catch (error) {
    say(compose('logs', '--no-color', '--tail', '40'))
    throw error
  } finally {
    compose('down', '--volumes', '--timeout', '5')
  }
}

/** The task as the chain has it; undefined while it is not posed. */
function taskOf({ inside }: Composed): TaskData | undefined {
  const { code, output } = inside('beacon', 'fednode', 'task', 'show', 'arena:1', '--json')
  return code === 0 ? taskSchema.parse(JSON.parse(output)).data : undefined
}

function logOf({ compose }: Composed, member: string): string {
  return compose('logs', '--no-color', member)
}

function isHealthy({ inspect }: Composed): boolean {
  return inspect('validator-a', '{{.State.Health.Status}}') === 'healthy'
}

/** What a validator may do, and what it computes on. */
function checkValidator({ inside, isInternal }: Composed): number {
  const validator = (...command: readonly string[]) => inside('validator-a', ...command)
  assert.equal(validator('id', '-u').output.trim(), '1000')
  assert.notEqual(validator('touch', '/opt/fednode/x').code, 0, 'the root can be written to')
  assert.notEqual(validator('touch', '/rows/silo-c.csv').code, 0, 'the rows can be written to')
  assert.match(validator('grep', 'CapEff', '/proc/self/status').output, /CapEff:\s+0+\n/)
  assert.equal(validator('printenv', 'FEDNODE_ENGINE').output.trim(), 'wasm')
  assert.equal(isInternal('arena'), true, 'there is a way out of the network of the arena')
  return 6
}

async function finish({ inspect, until }: Composed): Promise<void> {
  for (const member of MEMBERS) {
    const isOver = (): boolean => inspect(member, '{{.State.Status}}') === 'exited'
    await until(`${member} finishes`, END_SECONDS, isOver)
    assert.equal(inspect(member, '{{.State.ExitCode}}'), '0', `${member} failed`)
  }
}

function checkRewards(task: TaskData | undefined): void {
  assert.equal(task?.phase, 'finished')
  assert.equal(task.rounds.length, 1)
  const { models = [], validators = [] } = task.rounds[0] ?? {}
  assert.equal(models.length, NODES.length)
  assert.equal(validators.length, VALIDATORS.length)
  for (const { reward } of [...models, ...validators]) assert.ok(BigInt(reward) > 0n)
  for (const { scores } of validators) assert.equal(scores?.length, NODES.length)
}
