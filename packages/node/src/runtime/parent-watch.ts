/**
 * Calls `onGone` when the pipe on stdin closes. Whoever started us holds its other end, and the kernel closes it however the parent
 * dies, kill -9 included: no child outlives a crashed `fednode up`.
 */
export function watchParent(stdin: NodeJS.ReadableStream, onGone: () => void): void {
  stdin.on('end', onGone)
  stdin.on('close', onGone)
  stdin.on('error', onGone)
  // Flowing mode: without a reader the end is never seen.
  stdin.resume()
}
