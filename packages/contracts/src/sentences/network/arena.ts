import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

const PHASES = [
  'there is no such task',
  'models are submitted',
  'the round waits for its draw',
  'validators vote',
  'the task has finished',
]
const ROLES = ['takes no part', 'is a node', 'is a validator']

/** Tasks of the arena. */
export const ARENA_SENTENCES = {
  TaskTermInvalid: {
    say: (v) => `${v.term} of a task is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  ArenaParamOutOfRange: {
    say: (v) => `${v.param} is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  UnknownTask: {
    say: (v) => `there is no task ${v.task}`,
    fault: 'usage',
    hint: 'fednode task list  shows them.',
  },
  WrongTaskPhase: {
    say: (v) => `this is not possible now: ${PHASES[v.phase] ?? `phase ${v.phase}`}`,
  },
  CreatorStakeTooSmall: {
    say: (v) =>
      `the task needs ${formatAmount(v.needed)} FDN staked by its creator; there are ${formatAmount(v.stake)} FDN`,
    fault: 'refused',
    hint: 'Add to it:  fednode stake add AMOUNT --role task-creator --task arena:0',
  },
  MemberStakeTooSmall: {
    say: (v) =>
      `${v.account} has ${formatAmount(v.stake)} FDN staked in this task; its role needs ${formatAmount(v.needed)} FDN`,
    fault: 'refused',
    hint: 'Add to it:  fednode stake add AMOUNT --role ROLE --task TASK',
  },
  AlreadyInTask: {
    say: (v) => `${v.account} ${ROLES[v.role] ?? `has role ${v.role}`} in this task already`,
    fault: 'refused',
  },
  TaskRoleInvalid: { say: () => 'a task has nodes and validators', fault: 'usage' },
  NotInTask: {
    say: (v) => `${v.account} ${ROLES[v.role] ?? `has role ${v.role}`} in this task`,
    fault: 'refused',
  },
  TaskFull: { say: (v) => `the task has all of its ${v.max} members of this kind` },
  ModelZero: { say: () => 'the digest of the model is zero', fault: 'usage' },
  TaskPhaseRunning: { say: (v) => `this is possible from ${when(v.until)}` },
  TaskPhaseOver: { say: (v) => `this was possible until ${when(v.until)}`, fault: 'refused' },
  BeaconKnown: {
    say: (v) => `beacon round ${v.round} is known: the round is drawn by it`,
  },
  NotDrawn: { say: (v) => `seat ${v.seat} was drawn for no model of this round`, fault: 'refused' },
  ScoreInvalid: {
    say: (v) => `${v.score} is no score for model ${v.model}`,
    fault: 'usage',
    hint: '0 to 10,000 for models that were drawn, 65,535 for the others.',
  },
  NothingToPunish: {
    say: (v) => `seat ${v.seat} did its part in round ${v.round}, or was punished before`,
  },
  RoundNotCounted: { say: (v) => `round ${v.round} has not been counted` },
  NothingDue: { say: (v) => `nothing is due to ${v.account} in this task` },
  AlreadyReleased: { say: (v) => `this was done for ${v.account} before` },
} satisfies Partial<RevertSentences>
