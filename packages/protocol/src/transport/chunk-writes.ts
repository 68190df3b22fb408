/** Writes that wait for each other, joined to fewer and longer ones. */
export type ChunkWrites = {
  /** Resolves when the chunk is written, and everything that was added before it. */
  add(index: number, chunk: Uint8Array): Promise<void>
}

type Waiting = {
  readonly index: number
  readonly chunk: Uint8Array
  resolve(): void
  reject(error: unknown): void
}

/**
 * One write at a time: what comes meanwhile waits, and goes together when it lies together. A call into the system costs more than a chunk.
 * @param write - writes chunks that follow each other, the first at index `first`.
 */
export function createChunkWrites(
  write: (first: number, chunks: readonly Uint8Array[]) => Promise<void>,
): ChunkWrites {
  const queue: Waiting[] = []
  let isWriting = false

  async function drain(): Promise<void> {
    if (isWriting) return
    isWriting = true
    for (let run = takeRun(queue); run.length > 0; run = takeRun(queue)) {
      try {
        await write(
          run[0]?.index ?? 0,
          run.map(({ chunk }) => chunk),
        )
        for (const { resolve } of run) resolve()
      } catch (error) {
        for (const { reject } of run) reject(error)
      }
    }
    isWriting = false
  }

  return {
    add: (index, chunk) =>
      new Promise((resolve, reject) => {
        queue.push({ index, chunk, resolve, reject })
        void drain()
      }),
  }
}

/** The first that waits and those behind it that follow without a gap. */
function takeRun(queue: Waiting[]): readonly Waiting[] {
  const [first] = queue
  if (first === undefined) return []
  let length = 1
  while (queue[length]?.index === first.index + length) length++
  return queue.splice(0, length)
}
