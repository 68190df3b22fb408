import type { StrategySpec } from '@fednode/protocol'
import { bulyan } from './bulyan.ts'
import { centeredClipping } from './centered-clipping.ts'
import { fedadagrad } from './fedadagrad.ts'
import { fedadam } from './fedadam.ts'
import { fedavg } from './fedavg.ts'
import { fedavgm } from './fedavgm.ts'
import { fednova } from './fednova.ts'
import { fedyogi } from './fedyogi.ts'
import { foolsgold } from './foolsgold.ts'
import { geometricMedian } from './geometric-median.ts'
import { median } from './median.ts'
import { multiKrum } from './multi-krum.ts'
import { normClipping } from './norm-clipping.ts'
import { scaffold } from './scaffold.ts'
import type { Strategy } from './strategy.ts'
import { trimmedMean } from './trimmed-mean.ts'

/** The strategy that a manifest names, with its options. */
export function strategyOf(spec: StrategySpec): Strategy {
  switch (spec.name) {
    case 'fedavg':
    case 'fedprox':
      return fedavg(spec)
    case 'fednova':
      return fednova(spec)
    case 'fedavgm':
      return fedavgm(spec)
    case 'fedadagrad':
      return fedadagrad(spec)
    case 'fedadam':
      return fedadam(spec)
    case 'fedyogi':
      return fedyogi(spec)
    case 'scaffold':
      return scaffold(spec)
    case 'median':
      return median()
    case 'trimmed-mean':
      return trimmedMean(spec)
    case 'krum':
      return multiKrum({ ...spec, keep: 1 })
    case 'multi-krum':
      return multiKrum(spec)
    case 'bulyan':
      return bulyan(spec)
    case 'geometric-median':
      return geometricMedian(spec)
    case 'centered-clipping':
      return centeredClipping(spec)
    case 'norm-clipping':
      return normClipping(spec)
    case 'foolsgold':
      return foolsgold()
  }
}
