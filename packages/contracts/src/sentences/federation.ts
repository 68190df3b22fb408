import { quoted, type RevertSentences, when } from '../revert-sentence.ts'

/** Who may call, what a federation is made of, who registers. */
export const FEDERATION_SENTENCES = {
  NotOwner: {
    say: (v) => `${v.caller} does not own this currency and cannot mint it`,
    fault: 'refused',
  },
  NotFederator: {
    say: (v) => `${v.caller} is not the federator of this federation`,
    fault: 'refused',
  },
  NotScenario: { say: (v) => `only the Scenario may do this, not ${v.caller}`, fault: 'refused' },
  NotPool: { say: (v) => `only the pool may do this, not ${v.caller}`, fault: 'refused' },
  NotClientToken: {
    say: (v) => `only the token of client ${v.index} may do this, not ${v.caller}`,
    fault: 'refused',
  },
  NotGuardian: {
    say: (v) => `${v.caller} is not the guardian of this federation`,
    fault: 'refused',
  },
  NotResolver: {
    say: (v) => `${v.caller} does not decide the disputes of this federation`,
    fault: 'refused',
  },
  NotParty: {
    say: (v) => `${v.caller} is neither the federator nor the one who disputes`,
    fault: 'refused',
  },
  NotAClone: {
    say: () => 'this address is the implementation behind the federations, not one of them',
    fault: 'usage',
  },
  AlreadyInitialized: { say: () => 'the contract was set up before' },
  Locked: {
    say: () => 'the federation is in the middle of another call',
    hint: 'Try again in the next block.',
  },
  Paused: {
    say: (v) => `the guardian has paused the market and new rounds until ${when(v.until)}`,
    fault: 'refused',
    hint: 'Claims and proportional exits go on; for the rest, wait.',
  },
  NotPaused: { say: () => 'nothing is paused, so there is no pause to end' },
  PauseResting: {
    say: (v) => `the next pause can begin at ${when(v.from)}: after each comes a rest`,
    fault: 'refused',
  },

  InvalidParam: {
    say: (v) => `the federation's parameter ${quoted(v.field)} is out of range`,
    fault: 'usage',
  },
  ManifestSize: {
    say: (v) => `the manifest has ${v.size} bytes; 1 to ${v.max} are allowed`,
    fault: 'usage',
  },
  EndpointTooLong: {
    say: (v) => `the endpoint has ${v.size} bytes; at most ${v.max} are allowed`,
    fault: 'usage',
  },
  UnknownScenario: { say: (v) => `there is no federation with the number ${v.id}`, fault: 'usage' },

  NotAllowed: {
    say: (v) => `${v.account} may not register: the federator has not allowed it`,
    fault: 'refused',
    hint: 'Ask the federator to allow this account.',
  },
  RegistrationOver: {
    say: (v) => `registration ended at ${when(v.deadline)}`,
    fault: 'refused',
  },
  RegistrationFull: {
    say: (v) => `the federation has all ${v.maxClients} clients that it may have`,
    fault: 'refused',
  },
  RegistrationRunning: {
    say: (v) => `registration runs until ${when(v.deadline)}; before, only the federator closes it`,
    fault: 'refused',
  },
  TooFewClients: {
    say: (v) => `${v.clients} of at least ${v.minClients} clients are registered`,
    hint: 'Wait for more, or for the deadline.',
  },
  NameInvalid: {
    say: (v) => `the name ${quoted(v.name)} is not 1 to 40 characters of a-z, 0-9 and "-"`,
    fault: 'usage',
  },
  NameTaken: { say: (v) => `another client is called ${quoted(v.name)}`, fault: 'usage' },
  AlreadyRegistered: {
    say: (v) => `${v.controller} has registered a client before`,
    fault: 'usage',
  },
  PeerKeyInvalid: { say: () => 'the peer key is zero', fault: 'usage' },
  PeerKeyTaken: {
    say: (v) => `the peer key ${v.peerKey} belongs to another member`,
    fault: 'usage',
    hint: 'Every member needs a key of its own:  fednode init.',
  },
  BindingLength: {
    say: (v) => `the peer key's signature has ${v.length} bytes, not 64`,
    fault: 'usage',
  },
  IssuanceOutOfRange: {
    say: (v) => `an issuance weight is 1 to ${v.max} in this federation, not ${v.weight}`,
    fault: 'usage',
  },
  UnknownClient: { say: (v) => `there is no client number ${v.index}`, fault: 'usage' },
} satisfies Partial<RevertSentences>
