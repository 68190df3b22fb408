import v8 from 'node:v8'

/**
 * Keeps the space for new objects at the size that it has now. It would grow to 128 MiB in a process that allocates much, and all of it
 * stays resident. Measured with the digits example: an aggregator takes 246 instead of 376 MiB at its peak, a silo 185 instead of 210,
 * and training is no slower. The flag --max-semi-space-size does the same, but nobody who starts a command by hand gives it.
 */
export function limitYoungGeneration(): void {
  // Read by V8 whenever the space is about to grow, so it also works in a process that runs.
  v8.setFlagsFromString('--semi-space-growth-factor=1')
}
