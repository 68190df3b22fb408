import { silentLogger } from '@fednode/protocol'
import { expect, it } from 'vitest'
import type { Context } from '../../../src/framework/context.ts'
import { runObserved } from '../../../src/metrics/run-observed.ts'
import { metricsAddress } from '../../../src/options/metrics.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

it('observes a daemon from its start to its end, however it ends', async () => {
  const emitted: { readonly url?: string }[] = []
  const context = {
    ...{ cwd: temporaryDirectory(), json: true, env: {}, logger: silentLogger },
    emit: (event: object) => void emitted.push(event),
  }
  const seen: number[] = []
  const daemon = runObserved(
    {
      options: { metrics: metricsAddress.parse('0'), metricsToken: undefined },
      // Only these parts are used.
      context: context as unknown as Context,
      needs: ['chain'],
    },
    async (monitor) => {
      const ready = async () => (await fetch(`${emitted[0]?.url}/readyz`)).status
      seen.push(await ready())
      monitor.meet('chain', () => true)
      seen.push(await ready())
      throw new TypeError('the end of it')
    },
  )
  await expect(daemon).rejects.toThrow('the end of it')
  expect(seen).toEqual([503, 200])
  await expect(fetch(`${emitted[0]?.url}/readyz`)).rejects.toThrow('fetch failed')
})
