import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createRowFile } from '../../src/data/row-file.ts'
import type { Dataset, StreamedDataset } from '../../src/types.ts'

/** The same rows in a file that is closed when the test ends. */
export function streamed(data: Dataset, windowBytes: number): StreamedDataset {
  const { features, ...rest } = data
  const directory = mkdtempSync(join(tmpdir(), 'fednode-rows-'))
  const width = features.length / data.count
  const type = features instanceof Uint8Array ? 'uint8' : 'float32'
  const file = createRowFile({ directory, width, type, windowBytes, name: 'test' })
  onTestFinished(() => {
    file.close()
    rmSync(directory, { recursive: true })
  })
  file.writeNow(0, features)
  return { ...rest, file }
}
