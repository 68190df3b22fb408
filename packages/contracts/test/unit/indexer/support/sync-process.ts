import process from 'node:process'
import { connectChain, createIndexer } from '../../../../src/index.ts'

// A process that indexes a few blocks per transaction and says so, to be killed at any moment.
const [rpcUrl = '', scenario = '', file = '', rangeBlocks = ''] = process.argv.slice(2)
const reader = await connectChain({ rpcUrl })
const logger = {
  error() {},
  warn() {},
  info() {},
  debug: () => process.stdout.write('.'),
  child: () => logger,
}
const options = { scenario: scenario as `0x${string}`, file, rangeBlocks: Number(rangeBlocks) }
const indexer = await createIndexer(options, { reader, logger })
await indexer.sync()
indexer.stop()
