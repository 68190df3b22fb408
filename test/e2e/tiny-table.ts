/** CSV of rows in which age and marker decide, made by a small congruential generator: the same for the same seed. */
export function tinyTable(rows: number, seed: number): string {
  let state = seed
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const lines = Array.from({ length: rows }, () => {
    const age = Math.floor(20 + 60 * random())
    const marker = 10 * random()
    const ill = (age - 50) / 15 + (marker - 5) / 2 > 0 ? 'yes' : 'no'
    return `${age},${marker.toFixed(2)},${ill}`
  })
  return ['age,marker,ill', ...lines, ''].join('\n')
}
