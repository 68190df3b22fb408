/** A file of unsigned bytes as MNIST has them (http://yann.lecun.com/exdb/mnist). */
export function idxBytes(dimensions: readonly number[], bytes: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length)
  head.set([0, 0, 8, dimensions.length])
  for (const [i, size] of dimensions.entries()) head.writeUInt32BE(size, 4 + 4 * i)
  return Buffer.concat([head, Buffer.from(bytes)])
}
