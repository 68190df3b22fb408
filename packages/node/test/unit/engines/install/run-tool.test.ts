import { describe, expect, it } from 'vitest'
import { runTool, type Tool } from '../../../../src/engines/install/run-tool.ts'
import { installationOf } from './installation-of.ts'

function toolOf(script: string): Tool {
  return {
    command: process.execPath,
    args: ['-e', script],
    purpose: 'fetch it',
    whenMissing: 'Install it.',
    whenFailing: { fault: 'data', hint: 'Try again.' },
  }
}

describe('runTool', () => {
  it('gives what the program printed', async () => {
    expect(await runTool(toolOf('console.log("hello")'), installationOf())).toBe('hello\n')
  })

  it('says what a missing program is needed for', async () => {
    const tool = { ...toolOf(''), command: 'no-such-compiler' }
    await expect(runTool(tool, installationOf())).rejects.toMatchObject({
      message: 'no-such-compiler is not on this machine: it is needed to fetch it',
      info: { code: 'TOOL_MISSING', fault: 'data', hint: 'Install it.' },
    })
  })

  it('repeats the first complaint of a program that fails', async () => {
    const script = 'console.error("a.h:1: fatal error: b.h: missing\\nlast line"); process.exit(3)'
    await expect(runTool(toolOf(script), installationOf())).rejects.toMatchObject({
      message: expect.stringMatching(/could not fetch it \(exit 3\): a\.h:1: fatal error: b\.h/),
      info: { code: 'TOOL_FAILED', fault: 'data', hint: 'Try again.' },
    })
  })

  it.each([
    'npm error code ENOTFOUND',
    'npm error connect ECONNREFUSED 127.0.0.1:9',
    'ERROR: NewConnectionError: Failed to establish a new connection',
  ])('knows %j for a network that is not there', async (said) => {
    const script = `console.error(${JSON.stringify(said)}); process.exit(1)`
    await expect(runTool(toolOf(script), installationOf())).rejects.toMatchObject({
      info: { code: 'NO_NETWORK', fault: 'network' },
    })
  })

  it('names the signal that ended a program', async () => {
    const script = 'process.kill(process.pid, "SIGKILL")'
    await expect(runTool(toolOf(script), installationOf())).rejects.toThrow('signal SIGKILL')
  })
})
