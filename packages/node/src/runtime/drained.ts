/** A stream of the process. */
type Output = {
  write(text: string, done: (error?: Error | null) => void): unknown
}

/**
 * Waits until everything that was written has left this process. What is written to a pipe waits here once the pipe is full (64 KiB on
 * Linux), and process.exit() drops it. A reader that has gone away ends the wait.
 */
export function drained(output: Output): Promise<void> {
  return new Promise((resolve) => {
    output.write('', () => resolve())
  })
}
