import { type Address, encodeFunctionData, type Hex, maxUint256, parseSignature } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localCurrencyAbi as permitAbi } from '../../src/generated/local-currency.ts'
import { type Anvil, type ChainAccount, connectChain, startAnvil } from '../../src/index.ts'
import { act } from '../../src/send.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, newScenario, registerAs, type World } from '../support/federation.ts'

const PERMIT = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const

// CONTRACTS.md 2.12: clones share code, so each must have an EIP-712 domain of its own, which typed-data signing can know.
describe('EIP-2612 permits signed by viem', () => {
  let anvil: Anvil
  let world: World
  let owner: ChainAccount
  let relay: ChainAccount
  let token: Address
  let other: Address

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    const { scenario } = await newScenario(world)
    ;({ account: owner, token } = await registerAs(world, { scenario, name: 'alpha' }))
    ;({ token: other } = await registerAs(world, { scenario, name: 'beta' }))
    relay = await accountOf(world.reader, 'relay')
  }, 60_000)

  afterAll(() => anvil?.stop())

  const sign = async (verifyingContract: Address, value: bigint): Promise<Hex> => {
    const contract = { address: verifyingContract, abi: permitAbi } as const
    const { reader } = world
    const [name, nonce] = await Promise.all([
      reader.public.readContract({ ...contract, functionName: 'name' }),
      reader.public.readContract({ ...contract, functionName: 'nonces', args: [owner.address] }),
    ])
    return owner.wallet.signTypedData({
      domain: { name, version: '1', chainId: reader.chainId, verifyingContract },
      types: PERMIT,
      primaryType: 'Permit',
      message: {
        owner: owner.address,
        spender: relay.address,
        value,
        nonce,
        deadline: maxUint256,
      },
    })
  }

  const permit = async (to: Address, value: bigint, signature: Hex) => {
    const { r, s, yParity } = parseSignature(signature)
    const data = encodeFunctionData({
      abi: permitAbi,
      functionName: 'permit',
      args: [owner.address, relay.address, value, maxUint256, yParity + 27, r, s],
    })
    return act(relay, async (send) => ({ receipt: await send({ to, data }), result: {} }))
  }

  const allowanceOf = (address: Address): Promise<bigint> =>
    world.reader.public.readContract({
      address,
      abi: permitAbi,
      functionName: 'allowance',
      args: [owner.address, relay.address],
    })

  it.each(['a client token', 'the currency'])('allow a relay to spend %s', async (which) => {
    const address = which === 'the currency' ? world.currency : token
    await permit(address, 7n, await sign(address, 7n))
    expect(await allowanceOf(address)).toBe(7n)
  })

  it('T3 of one client token are worthless for another, and for a second time', async () => {
    const signature = await sign(token, 9n)
    await expect(permit(other, 9n, signature)).rejects.toMatchObject({
      info: { code: 'INVALID_PERMIT' },
    })
    await permit(token, 9n, signature)
    await expect(permit(token, 9n, signature)).rejects.toMatchObject({
      info: { code: 'INVALID_PERMIT' },
    })
    expect(await allowanceOf(other)).toBe(0n)
  })

  it('cost more than an approval', async () => {
    const { gasUsed } = await permit(token, 11n, await sign(token, 11n))
    const data = encodeFunctionData({
      abi: permitAbi,
      functionName: 'approve',
      // Over one that is there, like the permit: a first approval writes a new slot.
      args: [relay.address, 12n],
    })
    const approved = await owner.wallet.transact({ to: token, data })
    expect(gasUsed).toBeGreaterThan(approved.gasUsed)
  })

  it('T56 are needed by Permit2 as by anybody else', async () => {
    const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
    for (const address of [token, world.currency]) {
      const allowance = await world.reader.public.readContract({
        address,
        abi: permitAbi,
        functionName: 'allowance',
        args: [owner.address, permit2],
      })
      expect(allowance).toBe(0n)
    }
  })
})
