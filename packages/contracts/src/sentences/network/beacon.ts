import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

/** The random beacon and its fallback. */
export const BEACON_SENTENCES = {
  KeyInvalid: {
    say: (v) => `these ${v.length} bytes are no group key of this curve`,
    fault: 'usage',
  },
  KeyPending: { say: (v) => `the key that was set before takes effect at ${when(v.from)}` },
  UnknownBeaconRound: { say: (v) => `the beacon has no round ${v.round}`, fault: 'usage' },
  BeforeFirstRound: {
    say: (v) => `the beacon had no key at ${when(v.timestamp)}`,
    fault: 'usage',
  },
  RoundNotDue: { say: (v) => `beacon round ${v.round} is due at ${when(v.due)}` },
  RoundKnown: { say: (v) => `beacon round ${v.round} is known`, fault: 'refused' },
  SeedUnknown: { say: (v) => `nobody has proved beacon round ${v.round} yet` },
  BeaconSignatureInvalid: {
    say: (v) => `this is not the group's signature of beacon round ${v.round}`,
    fault: 'usage',
  },
  FallbackNotDue: {
    say: (v) => `a proof of beacon round ${v.round} is waited for until ${when(v.from)}`,
  },
  FallbackDecides: {
    say: (v) => `too late for a proof: bonded nodes decide beacon round ${v.round}`,
    fault: 'refused',
  },
  CommitmentsClosed: {
    say: (v) => `commitments for beacon round ${v.round} were taken until ${when(v.until)}`,
    fault: 'refused',
  },
  NotRevealing: {
    say: (v) =>
      v.from === 0
        ? `too few have committed for beacon round ${v.round}: nothing is revealed yet`
        : `secrets for beacon round ${v.round} are revealed from ${when(v.from)} to ${when(v.until)}`,
    fault: 'refused',
  },
  FallbackRunning: {
    say: (v) =>
      v.from === 0
        ? `the fallback of beacon round ${v.round} has not begun`
        : `the fallback of beacon round ${v.round} ends at ${when(v.from)}`,
  },
  BondTooYoung: {
    say: (v) => `${v.node} bonded at ${when(v.since)}, after the round was due`,
    fault: 'refused',
  },
  BondTooSmall: {
    say: (v) =>
      `${formatAmount(v.free)} FDN of the bond are free, not ${formatAmount(v.needed)} FDN`,
    fault: 'refused',
  },
  FallbackFull: { say: (v) => `${v.max} nodes have committed; that is enough` },
  NodeCommitted: { say: (v) => `${v.node} has committed for this round`, fault: 'refused' },
  SecretMismatch: {
    say: (v) => `this is not the secret that ${v.node} committed to`,
    fault: 'usage',
  },
  NothingToReclaim: {
    say: (v) => `${v.node} has no bond in this round that is free`,
    fault: 'refused',
  },
} satisfies Partial<RevertSentences>
