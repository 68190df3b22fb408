import { describe, expect, it } from 'vitest'
import { runCli } from '../../framework/run-cli.ts'

async function refusalOf(...argv: string[]): Promise<{ exit: number; code: string; said: string }> {
  const { code, stdout, stderr } = await runCli(['up', ...argv, '--json'])
  return { exit: code, code: JSON.parse(stdout).error.code, said: stderr }
}

describe('fednode up, before anything is started', () => {
  it.each([
    {
      argv: ['--attackers', '2'],
      code: 'MISSING_ARGUMENT',
      says: '--attackers 2 needs to know what they do',
    },
    {
      argv: ['--attack', 'ipm', '--attackers', '3'],
      code: 'TOO_MANY_ATTACKERS',
      says: '3 of 5 silos cannot attack',
    },
    {
      argv: ['--attack', 'ipm', '--attackers', '5', '--silos', '10'],
      code: 'TOO_MANY_ATTACKERS',
      says: 'At most  --attackers 4',
    },
    {
      argv: ['--attack', 'alie', '--attackers', '1'],
      code: 'TOO_FEW_ATTACKERS',
      says: 'At least  --attackers 2',
    },
    {
      argv: ['federation.yaml', '--strategy', 'median'],
      code: 'EXAMPLE_ONLY',
      says: '--strategy is for the bundled example',
    },
    {
      argv: ['--network', '--data', 'a=rows.csv'],
      code: 'NOT_FOR_NETWORKS',
      says: '--data does not go with --network',
    },
    {
      argv: ['federation.yaml', '--network'],
      code: 'NOT_FOR_NETWORKS',
      says: 'MANIFEST does not go with --network',
    },
    {
      argv: ['federation.yaml', '--silos', '7'],
      code: 'EXAMPLE_ONLY',
      says: 'Change  rounds.maxSilos',
    },
    {
      argv: ['federation.yaml', '--data', 'a=a.csv', '--data', 'b=b.csv', '--attack', 'replay'],
      code: 'TOO_MANY_ATTACKERS',
      says: '1 of 2 silos cannot attack',
    },
  ])('refuses $argv', async ({ argv, code, says }) => {
    const refusal = await refusalOf(...argv)
    expect(refusal).toMatchObject({ exit: 2, code })
    expect(refusal.said).toContain(says)
    expect(refusal.said).not.toMatch(/\n {4}at /)
  })

  it.each([
    ['--attack', 'backdoor'],
    ['--strategy', 'mean'],
    ['--silos', '2'],
  ])('refuses %s %s and names what there is', async (...argv) => {
    const refusal = await refusalOf(...argv)
    expect(refusal.exit).toBe(2)
    expect(refusal.said).toMatch(/expected (one of .*median|one of .*sign-flip|an integer from 3)/)
  })
})
