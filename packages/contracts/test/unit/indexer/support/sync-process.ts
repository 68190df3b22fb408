import process from 'node:process'
import { connectChain, createIndexer } from '../../../../src/index.ts'

// A process that indexes a few blocks per transaction and says so, slowly enough to be killed half-way by a busy machine.
const REST_MS = 20
const [rpcUrl = '', scenario = '', file = '', rangeBlocks = ''] = process.argv.slice(2)
const clock = new Int32Array(new SharedArrayBuffer(4))
const reader = await connectChain({ rpcUrl })
const logger = {
  error() {},
  warn() {},
  info() {},
  debug() {
    process.stdout.write('.')
    Atomics.wait(clock, 0, 0, REST_MS)
  },
  child: () => logger,
}
const options = { scenario: scenario as `0x${string}`, file, rangeBlocks: Number(rangeBlocks) }
const indexer = await createIndexer(options, { reader, logger })
await indexer.sync()
indexer.stop()
