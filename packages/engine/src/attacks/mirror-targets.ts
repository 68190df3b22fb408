import type { Targets, TrainingRows } from '../types.ts'

/**
 * The label flip of Fang et al. 2019 (arXiv 1911.11815): class c becomes C - 1 - c; of other labels the mirror image: a value its
 * negative, early events late ones. Rows that are their own target stay. The argument is not mutated.
 */
export function mirrorTargets<Rows extends TrainingRows>(data: Rows): Rows {
  return { ...data, targets: mirrored(data.targets) }
}

function mirrored(targets: Targets): Targets {
  switch (targets.kind) {
    case 'classes': {
      const { labels, classes } = targets
      return { ...targets, labels: labels.map((label) => classes - 1 - label) }
    }
    case 'value':
      return { ...targets, values: targets.values.map((value) => -value) }
    case 'risk': {
      const { times } = targets
      const sum =
        times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY) +
        times.reduce((most, time) => Math.max(most, time), 0)
      return { ...targets, times: times.map((time) => sum - time) }
    }
    case 'reconstruction':
      return targets
  }
}
