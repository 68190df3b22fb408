import type { SiloName } from '@fednode/protocol'

/** Every fault by its code, as one line says it. */
const SENTENCES = {
  BAD_MANIFEST: 'the manifest inside is not the one that is named',
  BAD_ROUND_OPEN:
    "the opening of the round is not the federator's, or is of another round, model or manifest",
  WRONG_REVEAL: 'the revealed secret does not open the commitment',
  WRONG_SEED: 'the seed does not follow from secret and block',
  SILOS_UNSORTED: 'silos are not in ascending order of their names, each once',
  BAD_INDEX: 'the silo is paid under the index of another client',
  BAD_SAMPLE: 'the silos that take part are not those whom the seed draws',
  BAD_STEPS: "the steps do not follow from the silo's rows and the training plan",
  BAD_ANNOUNCEMENT: 'the update was not announced by this silo for this round and base',
  BAD_RECEIPT: 'there is no receipt of the federator for this update',
  BAD_STATE: 'what the strategy kept is not in ascending order of names, each once',
  BAD_COALITIONS:
    'the list of measured coalitions cannot be read, or lacks the empty or the full one',
  UTILITIES_INCOMPLETE: 'there is not one utility for each measured coalition',
  MISSING_UTILITY: 'the estimator needs a coalition that was not measured',
  WRONG_ESTIMATOR: 'another estimator than the manifest names',
  WRONG_EVALUATIONS:
    'the estimator ends after another number of evaluations, or for another reason',
  WRONG_VALUES: 'the values do not follow from the utilities',
  WRONG_ERRORS: 'the standard errors do not follow from the utilities',
  WRONG_SHARES: 'the shares do not follow from the values',
  BAD_VOID: 'the round is void without the stated reason, or paid in spite of one',
  UPDATE_REFUSED: 'the update does not pass its checks',
  OTHER_MODEL: 'the updates give another model',
  OTHER_COUNTED: 'the updates count differently in the new model',
  OTHER_STATE: 'the strategy leaves another state',
  OTHER_UTILITY: 'a coalition has another utility',
  OTHER_VALUES: 'the updates have other values',
  OTHER_SHARES: 'the updates earn other shares',
  OTHER_FINDINGS: 'other updates are found to add nothing of their own',
} as const

/** Stable name of a fault. */
export type EvidenceFaultCode = keyof typeof SENTENCES

/** One thing in a bundle that does not hold. */
export type EvidenceFault = {
  readonly code: EvidenceFaultCode
  readonly silo?: SiloName
  /** What is stated and what follows instead. */
  readonly detail?: string
}

/** A fault in one plain line. */
export function describeFault({ code, silo, detail }: EvidenceFault): string {
  const who = silo === undefined ? '' : `${silo}: `
  const what = detail === undefined ? '' : ` (${detail})`
  return `${who}${SENTENCES[code]}${what}`
}
