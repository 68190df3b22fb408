import { startAnvil } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'ab'.repeat(20)}`

test('T51: two nodes that know different chains are refused, both by name', async () => {
  const genesisTime = Math.floor(Date.now() / 1_000)
  const one = await startAnvil({ genesisTime })
  const other = await startAnvil({ genesisTime: genesisTime - 100 })
  try {
    const nodes = ['--rpc', one.rpcUrl, '--compare-rpc', other.rpcUrl]
    const words = ['contrib', 'verify', SCENARIO, '--dir', temporaryDirectory(), ...nodes]
    const { code, stderr } = await runCli(words)
    expect(code).toBe(3)
    expect(stderr).toContain(`the nodes ${one.rpcUrl} and ${other.rpcUrl} disagree about block 0`)
  } finally {
    await Promise.all([one.stop(), other.stop()])
  }
}, 30_000)
