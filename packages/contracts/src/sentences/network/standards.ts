import { formatAmount } from '../../amounts.ts'
import { quoted, type RevertSentences, when } from '../../revert-sentence.ts'

const PROPOSAL_WORDS = [
  'has not begun',
  'is voted on',
  'was canceled',
  'was defeated',
  'has passed',
  'is queued',
  'has expired',
  'was executed',
]
const OPERATION = 'Proposals change these:  fednode dao propose.'

/** OpenZeppelin's tokens, governor, timelock and access manager, which the network is built on. */
export const STANDARD_SENTENCES = {
  // --- access
  AccessControlBadConfirmation: { say: () => 'a role is renounced by its holder only' },
  AccessControlUnauthorizedAccount: {
    say: (v) => `${v.account} has no role ${v.neededRole}`,
    fault: 'refused',
    hint: OPERATION,
  },
  AccessManagedInvalidAuthority: { say: (v) => `${v.authority} is no authority`, fault: 'usage' },
  AccessManagedRequiredDelay: {
    say: (v) => `${v.caller} has to schedule this ${v.delay} seconds before`,
    fault: 'refused',
  },
  AccessManagedUnauthorized: {
    say: (v) => `${v.caller} may not do this`,
    fault: 'refused',
    // Of all that commands call themselves only the roots of rewards are somebody's.
    hint: `Roots of rewards are for the updater and the guardian, who were named with the network. ${OPERATION}`,
  },
  AccessManagerAlreadyScheduled: { say: () => 'this was scheduled before' },
  AccessManagerBadConfirmation: { say: () => 'a role is renounced by its holder only' },
  AccessManagerExpired: { say: () => 'what was scheduled has expired' },
  AccessManagerInvalidInitialAdmin: {
    say: (v) => `${v.initialAdmin} cannot be the first admin`,
    fault: 'usage',
  },
  AccessManagerLockedFunction: { say: (v) => `function ${v.selector} cannot be given to a role` },
  AccessManagerLockedRole: { say: (v) => `role ${v.roleId} cannot be changed` },
  AccessManagerNotReady: { say: () => 'what was scheduled is not due yet' },
  AccessManagerNotScheduled: { say: () => 'this was not scheduled' },
  AccessManagerUnauthorizedAccount: {
    say: (v) => `${v.msgsender} has not role ${v.roleId}`,
    fault: 'refused',
    hint: OPERATION,
  },
  AccessManagerUnauthorizedCall: {
    say: (v) => `${v.caller} may not call ${v.selector} of ${v.target}`,
    fault: 'refused',
    hint: OPERATION,
  },
  AccessManagerUnauthorizedCancel: {
    say: (v) => `${v.msgsender} may not cancel what ${v.caller} scheduled`,
    fault: 'refused',
  },
  AccessManagerUnauthorizedConsume: { say: (v) => `${v.target} has nothing to consume` },

  // --- tokens and signatures
  AddressEmptyCode: { say: (v) => `there is no contract at ${v.target}` },
  CheckpointUnorderedInsertion: { say: () => 'the clock went backwards' },
  ECDSAInvalidSignature: { say: () => 'the signature is none', fault: 'refused' },
  ECDSAInvalidSignatureLength: {
    say: (v) => `a signature has 65 bytes, not ${v.length}`,
    fault: 'refused',
  },
  ECDSAInvalidSignatureS: { say: () => 'the signature is the twin of one', fault: 'refused' },
  ERC20ExceededSafeSupply: {
    say: (v) =>
      `${formatAmount(v.increasedSupply)} FDN would be more than the cap of ${formatAmount(v.cap)} FDN`,
  },
  ERC20InsufficientAllowance: {
    say: (v) =>
      `${v.spender} may take ${formatAmount(v.allowance)} tokens, not the ${formatAmount(v.needed)} it needs`,
  },
  ERC20InsufficientBalance: {
    say: (v) =>
      `${v.sender} has ${formatAmount(v.balance)} tokens, not the ${formatAmount(v.needed)} it takes`,
    fault: 'usage',
  },
  ERC20InvalidApprover: { say: (v) => `${v.approver} cannot allow anything`, fault: 'usage' },
  ERC20InvalidReceiver: { say: (v) => `tokens do not go to ${v.receiver}`, fault: 'usage' },
  ERC20InvalidSender: { say: (v) => `tokens do not come from ${v.sender}`, fault: 'usage' },
  ERC20InvalidSpender: { say: (v) => `${v.spender} cannot be allowed anything`, fault: 'usage' },
  ERC2612ExpiredSignature: {
    say: (v) => `the permit was good until ${when(v.deadline)}`,
    fault: 'refused',
  },
  ERC2612InvalidSigner: {
    say: (v) => `${v.signer} signed the permit, not ${v.owner}`,
    fault: 'refused',
  },
  ERC5805FutureLookup: { say: (v) => `votes at ${when(v.timepoint)} are not known yet` },
  ERC6372InconsistentClock: { say: () => 'the token and its votes have different clocks' },
  FailedCall: { say: () => 'a call of the proposal failed without a reason' },
  InvalidAccountNonce: {
    say: (v) => `the next number of ${v.account} is ${v.currentNonce}`,
    fault: 'refused',
  },
  InvalidShortString: { say: () => 'the name is not one of at most 31 bytes', fault: 'usage' },
  SafeCastOverflowedUintDowncast: {
    say: (v) => `${v.value} has more than ${v.bits} bits`,
    fault: 'usage',
  },
  StringTooLong: { say: (v) => `${quoted(v.str)} has more than 31 bytes`, fault: 'usage' },
  VotesExpiredSignature: {
    say: (v) => `the delegation of votes was good until ${when(v.expiry)}`,
    fault: 'refused',
  },

  // --- governor and timelock
  GovernorAlreadyCastVote: { say: (v) => `${v.voter} has voted`, fault: 'usage' },
  GovernorAlreadyQueuedProposal: { say: () => 'the proposal is queued already' },
  GovernorDisabledDeposit: { say: () => 'the Dao takes no deposits: its timelock does' },
  GovernorInsufficientProposerVotes: {
    say: (v) =>
      `${v.proposer} has ${formatAmount(v.votes)} votes; a proposal takes ${formatAmount(v.threshold)}`,
    fault: 'refused',
    hint: 'Votes count from the moment in which they are delegated, to oneself as well.',
  },
  GovernorInvalidProposalLength: {
    say: (v) =>
      `a proposal has as many targets (${v.targets}) as values (${v.values}) and calls (${v.calldatas}), at least one`,
    fault: 'usage',
  },
  GovernorInvalidQuorumFraction: {
    say: (v) => `a quorum of ${v.quorumNumerator} in ${v.quorumDenominator} cannot be`,
    fault: 'usage',
  },
  GovernorInvalidSignature: { say: (v) => `${v.voter} did not sign this vote`, fault: 'refused' },
  GovernorInvalidVoteParams: { say: () => 'the vote has no such parameters', fault: 'usage' },
  GovernorInvalidVoteType: {
    say: () => 'votes are against, for, abstain and scam',
    fault: 'usage',
  },
  GovernorInvalidVotingPeriod: {
    say: (v) => `a vote does not last ${v.votingPeriod} seconds`,
    fault: 'usage',
  },
  GovernorNonexistentProposal: {
    say: (v) => `there is no proposal ${v.proposalId}`,
    fault: 'usage',
    hint: 'fednode dao list  shows them.',
  },
  GovernorOnlyExecutor: {
    say: (v) => `${v.account} may not do this`,
    fault: 'refused',
    hint: OPERATION,
  },
  GovernorPreventLateQuorumVoteExtensionTooLarge: {
    say: (v) =>
      `a vote is prolonged by at most ${v.maxVoteExtension} seconds, not ${v.newVoteExtension}`,
    fault: 'usage',
  },
  GovernorProposalQueueingFailed: { say: () => 'the proposal could not be queued' },
  GovernorProposalQueueingNotRequired: { say: () => 'the proposal needs no queue' },
  GovernorRestrictedProposer: {
    say: (v) => `${v.proposer} may not make this proposal: its description names another`,
    fault: 'refused',
  },
  GovernorUnableToCancel: {
    say: (v) => `${v.account} may not cancel this proposal, or not any more`,
    fault: 'refused',
  },
  GovernorUnexpectedProposalState: {
    say: (v) => `not now: the proposal ${PROPOSAL_WORDS[v.current] ?? `is in state ${v.current}`}`,
  },
  TimelockInsufficientDelay: {
    say: (v) => `the timelock waits at least ${v.minDelay} seconds, not ${v.delay}`,
    fault: 'usage',
  },
  TimelockInvalidOperationLength: {
    say: (v) =>
      `an operation has as many targets (${v.targets}) as values (${v.values}) and payloads (${v.payloads})`,
    fault: 'usage',
  },
  TimelockUnauthorizedCaller: {
    say: (v) => `${v.caller} may not do this`,
    fault: 'refused',
    hint: OPERATION,
  },
  TimelockUnexecutedPredecessor: { say: () => 'another operation has to be executed before' },
  TimelockUnexpectedOperationState: {
    say: () => 'the timelock has not this operation, or it is not due, or it was executed',
  },
} satisfies Partial<RevertSentences>
