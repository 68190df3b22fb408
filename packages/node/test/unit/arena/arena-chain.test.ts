import type { ChainAccount } from '@fednode/contracts'
import { expect, it } from 'vitest'
import { createArenaChain } from '../../../src/arena/arena-chain.ts'

const OWN = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const CONTRACT = `0x${'5a'.repeat(20)}` as const

it('is spelled as reads spell accounts: whoever signs elsewhere gives its address in lower case', () => {
  const address = OWN.toLowerCase() as `0x${string}`
  // What its account is asked for is none of the chain's business here.
  const account = { address } as ChainAccount
  const contracts = { registry: CONTRACT, beacon: CONTRACT, stakeManager: CONTRACT }
  const clock = { time: async () => 0 }
  const place = { contracts, task: 1n, role: 'node', fromBlock: 0n, clock } as const
  expect(createArenaChain(account, place).account).toBe(OWN)
})
