import type { EstimatorName } from '@fednode/protocol'
import type { Estimator } from './estimator.ts'
import { antithetic } from './estimators/antithetic.ts'
import { bySamples } from './estimators/by-samples.ts'
import { centeredRegression } from './estimators/centered-regression.ts'
import { equal } from './estimators/equal.ts'
import { exact } from './estimators/exact.ts'
import { gtg } from './estimators/gtg.ts'
import { kernelShap } from './estimators/kernel-shap.ts'
import { leaveOneOut } from './estimators/leave-one-out.ts'
import { leverageShap } from './estimators/leverage-shap.ts'
import { ownUtility } from './estimators/own-utility.ts'
import { permutation } from './estimators/permutation.ts'
import { svarm } from './estimators/svarm.ts'
import { tmc } from './estimators/tmc.ts'

/** Every method by its name in the manifest. */
export const ESTIMATORS: Readonly<Record<Exclude<EstimatorName, 'auto'>, Estimator>> = {
  exact,
  'leave-one-out': leaveOneOut,
  equal,
  samples: bySamples,
  'own-utility': ownUtility,
  permutation,
  antithetic,
  tmc,
  gtg,
  svarm,
  kernelshap: kernelShap,
  leverageshap: leverageShap,
  'centered-regression': centeredRegression,
}
