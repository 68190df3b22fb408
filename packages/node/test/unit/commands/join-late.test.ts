import { closeRegistration, readScenario, setAllowed } from '@fednode/contracts'
import { createPeerKey, type SiloName } from '@fednode/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkMayRegister, register } from '../../../src/commands/join/register-silo.ts'
import { readScenarioPlan } from '../../../src/plan/read-scenario-plan.ts'
import { createAs, PLAIN, type ScenarioWorld, startScenarioWorld } from '../plan/scenario-world.ts'

let world: ScenarioWorld
let scenario: `0x${string}`

beforeAll(async () => {
  world = await startScenarioWorld()
  ;({ scenario } = await createAs(world.federator, world, { manifest: PLAIN }))
  for (const name of ['a', 'b']) await register(await applicant(name))
  await closeRegistration(world.federator, { scenario })
}, 60_000)

afterAll(() => world?.anvil.stop())

async function applicant(name: string) {
  const account = await world.accountOf(name)
  const peerKey = createPeerKey(new Uint8Array(32).fill(name.charCodeAt(0)))
  const plan = await readScenarioPlan(account, { scenario })
  return { peerKey, account, plan, name: name as SiloName, dir: name }
}

it('joins a federation late only when the federator lets it in, and waits for the next round', async () => {
  const late = await applicant('c')
  const { address } = late.account
  await expect(checkMayRegister(late)).rejects.toMatchObject({
    info: {
      code: 'REGISTRATION_CLOSED',
      hint: expect.stringContaining(`fednode federation allow ${scenario} ${address}`),
    },
  })
  await setAllowed(world.federator, { scenario, accounts: [address], allowed: true })
  await checkMayRegister(late)
  expect(await register(late)).toMatchObject({ index: 2 })
  const state = await readScenario(world.federator, { scenario })
  expect([state.clients.length, state.activeClients]).toEqual([3, 2])
})
