/** x / y rounded up, for x >= 0 and y > 0. */
export function divUp(x: bigint, y: bigint): bigint {
  return (x + y - 1n) / y
}
