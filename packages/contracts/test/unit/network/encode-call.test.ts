import fc from 'fast-check'
import { encodeFunctionData, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { emissionControllerAbi } from '../../../src/generated/network/emission-controller.ts'
import { topModelsAbi } from '../../../src/generated/network/top-models.ts'
import { describeCall, encodeCall, type NetworkContracts, taskIdOf } from '../../../src/index.ts'

const NAMES = [
  'access',
  'token',
  'emission',
  'taskEmission',
  'lockedStake',
  'stakeManager',
  'beacon',
  'registry',
  'arenaRules',
  'alliance',
  'allianceRules',
  'rewards',
  'market',
  'topModels',
  'delegatorGifts',
  'dao',
  'timelock',
] as const
// All of the type's names, each with an address of its own.
const contracts = Object.fromEntries(
  NAMES.map((name, at) => [name, `0x${(at + 17).toString(16).repeat(20)}`]),
) as NetworkContracts
const SOMEBODY = '0x75537828f2ce51be7289709686a69cbfdbb714f1'

/** The call again, read from what is shown of it. */
function again(call: ReturnType<typeof encodeCall>) {
  const shown = describeCall(
    { target: call.to, value: 0n, data: call.data },
    { contracts, parameters: [] },
  )
  return encodeCall(shown.text, contracts)
}

describe('a call that somebody writes', () => {
  it('names contracts and tasks of the network, and whole numbers', () => {
    const { to, data } = encodeCall(`token.transfer(${SOMEBODY}, 5e18)`, contracts)
    const abi = parseAbi(['function transfer(address to, uint256 amount)'])
    const args = [SOMEBODY, 5n * 10n ** 18n] as const
    expect(to).toBe(contracts.token)
    expect(data).toBe(encodeFunctionData({ abi, functionName: 'transfer', args }))
    const task = taskIdOf(contracts.registry, 3n)
    expect(encodeCall('taskEmission.addTask( arena:3 )', contracts)).toEqual(
      encodeCall(`taskEmission.addTask(${task})`, contracts),
    )
    expect(encodeCall('rewards.setTreasury(timelock)', contracts)).toEqual(
      encodeCall(`rewards.setTreasury(${contracts.timelock})`, contracts),
    )
  })

  it('has lists, fields and empty lists', () => {
    const recipients = [
      { to: contracts.taskEmission, bps: 9_000 },
      { to: contracts.timelock, bps: 1_000 },
    ]
    const { data } = encodeCall(
      'emission.setRecipients([{ to: taskEmission, bps: 9000 }, (timelock, 1000)])',
      contracts,
    )
    const functionName = 'setRecipients'
    expect(data).toBe(
      encodeFunctionData({ abi: emissionControllerAbi, functionName, args: [recipients] }),
    )
    const models = `0x${'ab'.repeat(32)}` as const
    expect(encodeCall(`topModels.setTopModels([${models}], [50])`, contracts).data).toBe(
      encodeFunctionData({
        abi: topModelsAbi,
        functionName: 'setTopModels',
        args: [[models], [50]],
      }),
    )
    expect(again(encodeCall('topModels.setTopModels([], [])', contracts)).to).toBe(
      contracts.topModels,
    )
  })

  it('of a contract elsewhere is written with its types', () => {
    const text = `${SOMEBODY}.note(string,(int16,bool)[2],bytes)("a, (b", [(-3, true), (0x, false)], 0x12)`
    expect(() => encodeCall(text, contracts)).toThrow('int16')
    const { to, data } = encodeCall(text.replace('(0x,', '(7,'), contracts)
    const abi = parseAbi(['function note(string, (int16 a, bool b)[2], bytes)'])
    const pairs = [
      { a: -3, b: true },
      { a: 7, b: false },
    ] as const
    expect(to).toBe(SOMEBODY)
    expect(data).toBe(
      encodeFunctionData({ abi, functionName: 'note', args: ['a, (b', pairs, '0x12'] }),
    )
  })

  it('is read as it is shown, whatever its arguments', () => {
    const address = fc.constantFrom(SOMEBODY, ...Object.values(contracts))
    const list = fc.array(fc.record({ to: address, bps: fc.integer({ min: 0, max: 65_535 }) }))
    fc.assert(
      fc.property(list, (recipients) => {
        const args = [recipients] as const
        const abi = emissionControllerAbi
        const data = encodeFunctionData({ abi, functionName: 'setRecipients', args })
        expect(again({ to: contracts.emission, data })).toEqual({ to: contracts.emission, data })
      }),
    )
  })

  it.each([
    ['addTask(arena:3)', 'is no call such as'],
    ['nobody.addTask(arena:3)', 'the network has no contract nobody'],
    ['taskEmission.addTask(arena:3', 'a bracket is not closed'],
    ['taskEmission.addTask("x)', 'a quotation is not closed'],
    ['taskEmission.addTask(1)(2)(3)', 'followed by its arguments in brackets'],
    ['taskEmission.addTask(1, 2)', 'no function addTask of 2 arguments'],
    ['taskEmission.addTask(address)(1)', 'no function addTask of 1 arguments (address)'],
    ['taskEmission.tasks()', 'no function tasks of 0 arguments that changes something'],
    ['taskEmission.addTask(-1)', 'taskEmission.addTask: task is uint256, not "-1"'],
    ['taskEmission.addTask(1e99)', 'task is uint256, not "1e99"'],
    ['token.transfer(0x12, 1)', 'is address, not "0x12"'],
    // Capitals that are no checksum: a typing error.
    [`token.transfer(0x75537828F2${SOMEBODY.slice(12)}, 1)`, 'is address, not "0x75537828F2'],
    ['stakeManager.setParameter(300, 1)', 'is uint8, not "300"'],
    ['emission.setRecipients([{ to: dao }])', 'is { to: address, bps: uint16 }'],
    ['emission.setRecipients(dao)', '{ to: address, bps: uint16 }[], not "dao"'],
    [`${SOMEBODY}.f(1)`, 'nobody here knows the functions of'],
    [`${SOMEBODY}.f(uint256)(1, 2)`, 'are not the types of 2 arguments'],
    [`topModels.setTopModels([0x1234], [1])`, 'is bytes32, not "0x1234"'],
    [`token.transfer(${'['.repeat(9)}${']'.repeat(9)}, 1)`, 'too many brackets'],
  ])('%s is refused: %s', (text, says) => {
    expect(() => encodeCall(text, contracts)).toThrow(says)
  })
})
