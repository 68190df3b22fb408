import {
  createPublicClient,
  custom,
  defineChain,
  encodeAbiParameters,
  encodeEventTopics,
  keccak256,
  toHex,
} from 'viem'
import { scenarioAbi } from '../../src/generated/scenario.ts'
import type { ChainReader } from '../../src/types.ts'

/** The Scenario of whom HONEST_ANSWERS tell. */
export const ANSWERED_SCENARIO = '0xabababababababababababababababababababab'

const CHAIN_ID = 31_337
const hash = (what: string) => keccak256(toHex(what))
const word = (value: bigint) => toHex(value, { size: 32 })

/** What a node answers, by method; results only. A federation of one round: funded, anchored, finalized. */
export const HONEST_ANSWERS: Readonly<Record<string, unknown>> = {
  eth_blockNumber: '0x3',
  eth_getBlockByNumber: {
    ...{
      number: '0x3',
      hash: hash('block 3'),
      parentHash: hash('block 2'),
      timestamp: '0x65000003',
    },
    ...{ gasLimit: '0x1c9c380', gasUsed: '0x0', baseFeePerGas: '0x1', transactions: [] },
  },
  // Of the only view that these reads ask: no pool.
  eth_call: word(0n),
  eth_getLogs: [
    logOf(0, funded(), encodeAbiParameters([{ type: 'uint256' }], [100n])),
    logOf(1, topicsOf('RoundAsserted'), assertion()),
    logOf(
      2,
      topicsOf('RoundFinalized'),
      encodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], [100n, 0n]),
    ),
  ],
}

/** A reader whose node gives these answers, whatever it is asked; nothing is tried twice. */
export function answeringReader(answers: Readonly<Record<string, unknown>>): ChainReader {
  const chain = defineChain({
    id: CHAIN_ID,
    name: 'answers',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [] } },
  })
  const request = async ({ method }: { method: string }) => answers[method]
  const transport = custom({ request }, { retryCount: 0 })
  const client = createPublicClient({ chain, transport })
  return { chainId: CHAIN_ID, rpcUrl: 'http://127.0.0.1:1', public: client, close: async () => {} }
}

function topicsOf(eventName: 'RoundAsserted' | 'RoundFinalized'): unknown {
  return encodeEventTopics({ abi: scenarioAbi, eventName, args: { round: 1 } })
}

function funded(): unknown {
  const args = { round: 1, funder: ANSWERED_SCENARIO } as const
  return encodeEventTopics({ abi: scenarioAbi, eventName: 'RoundFunded', args })
}

function assertion(): `0x${string}` {
  const types = ['bytes32', 'bytes32', 'bytes32', 'uint40', 'uint256']
  return encodeAbiParameters(
    types.map((type) => ({ type })),
    [hash('shares'), hash('evidence'), hash('model'), 1, 0n],
  )
}

function logOf(logIndex: number, topics: unknown, data: `0x${string}`): unknown {
  return {
    address: ANSWERED_SCENARIO,
    topics,
    data,
    blockNumber: '0x3',
    blockHash: hash('block 3'),
    blockTimestamp: '0x65000003',
    transactionHash: hash(`transaction ${logIndex}`),
    transactionIndex: '0x0',
    logIndex: toHex(logIndex),
    removed: false,
  }
}
