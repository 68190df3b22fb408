import { expect, test } from 'vitest'
import { runCli } from '../../framework/run-cli.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'

const SCENARIO = `0x${'ab'.repeat(20)}`
/** The port of the discard protocol, on which nobody listens any more. */
const GONE = 'http://127.0.0.1:9'

test('contrib verify names --offline when the chain is gone, as after a demo', async () => {
  const words = ['contrib', 'verify', SCENARIO, '--dir', temporaryDirectory(), '--rpc', GONE]
  const { code, stderr } = await runCli(words)
  expect(code).toBe(5)
  expect(stderr).toContain('cannot reach the chain at http://127.0.0.1:9')
  expect(stderr).toMatch(/--offline {2}checks all that needs no chain/)
})
