/** Names of the classes that labels count from 0: as many as the largest of them asks for. */
export function numberClasses(labels: Uint8Array): readonly string[] {
  const largest = labels.reduce((most, label) => Math.max(most, label), -1)
  return Array.from({ length: largest + 1 }, (_, label) => String(label))
}
