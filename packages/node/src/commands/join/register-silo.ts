import {
  type ChainAccount,
  readAllowed,
  readChainTime,
  register as registerOnChain,
  type ScenarioClient,
} from '@fednode/contracts'
import { type PeerKey, type SiloName, signBinding, UserError } from '@fednode/protocol'
import { requireGasMoney } from '../../chain/require-gas-money.ts'
import type { ScenarioPlan } from '../../plan/plan.ts'

/** Who wants to take part, and in what. */
export type Applicant = {
  readonly peerKey: PeerKey
  readonly account: ChainAccount
  readonly plan: ScenarioPlan
  readonly name: SiloName
  /** As the user wrote it, for hints. */
  readonly dir: string
}

/**
 * Whether this silo is registered or may still register; asks the chain, sends nothing.
 * @throws {UserError} refused: NOT_ALLOWED, REGISTRATION_CLOSED, REGISTRATION_FULL, NAME_TAKEN, OTHER_REGISTRATION; chain: NO_GAS_MONEY.
 */
export async function checkMayRegister(applicant: Applicant): Promise<void> {
  const { plan, account, name, dir } = applicant
  const { state } = plan
  if (registrationOf(applicant) !== undefined) return
  if (!state.params.openRegistration) await checkAllowed(applicant)
  if (!(await isRegistrationOpen(applicant))) {
    throw refused(
      'REGISTRATION_CLOSED',
      `registration of the federation "${plan.manifest.name}" is closed`,
      `Silos that registered in time use the same keys (--dir). To let you in late, while a round is open:  fednode federation allow ${state.address} ${account.address}`,
    )
  }
  if (state.clients.length >= state.params.maxClients) {
    throw refused(
      'REGISTRATION_FULL',
      `all ${state.params.maxClients} places of the federation are taken`,
    )
  }
  if (state.clients.some((client) => client.name === name)) {
    throw refused(
      'NAME_TAKEN',
      `the name "${name}" is taken in this federation`,
      'Choose another --name.',
    )
  }
  await requireGasMoney(account, dir)
}

/** Everybody while clients register; while a round is open, who the federator let in by name. */
async function isRegistrationOpen({ account, plan }: Applicant): Promise<boolean> {
  const { phase, params, address: scenario } = plan.state
  if (phase === 'open') return readAllowed(account, { scenario, account: account.address })
  return phase === 'registering' && (await readChainTime(account)) <= params.registrationDeadline
}

/** Registers on chain unless this silo already is. @throws {ChainError}. */
export async function register(
  applicant: Applicant,
): Promise<{ readonly index: number; readonly token: `0x${string}` }> {
  const { account, peerKey, plan, name } = applicant
  const existing = registrationOf(applicant)
  if (existing !== undefined) return { index: existing.index, token: existing.token }
  const scenario = plan.state.address
  const binding = signBinding({
    chainId: account.chainId,
    scenario,
    account: account.address,
    peerKey,
  })
  const { index, token } = await registerOnChain(account, {
    scenario,
    name,
    peerKey: toHex(peerKey.publicKey),
    binding,
  })
  return { index, token }
}

/** This silo's place in the federation. @throws {UserError} OTHER_REGISTRATION (refused) when half of it is somebody else's. */
export function registrationOf({
  peerKey: key,
  account,
  plan,
  name,
}: Applicant): ScenarioClient | undefined {
  const peerKey = toHex(key.publicKey)
  const own = plan.state.clients.find(
    (client) => client.peerKey === peerKey || isSame(client.controller, account.address),
  )
  if (own === undefined) return undefined
  if (own.peerKey !== peerKey || !isSame(own.controller, account.address)) {
    throw refused(
      'OTHER_REGISTRATION',
      `client ${own.index} of this federation is registered with only one of this directory's two keys`,
      'Use the data directory that registered (--dir).',
    )
  }
  if (own.name !== name) {
    throw refused(
      'OTHER_REGISTRATION',
      `this silo is registered as "${own.name}", not as "${name}"`,
      `Give  --name ${own.name}.`,
    )
  }
  return own
}

async function checkAllowed({ account, plan }: Applicant): Promise<void> {
  const scenario = plan.state.address
  if (await readAllowed(account, { scenario, account: account.address })) return
  throw refused(
    'NOT_ALLOWED',
    `account ${account.address} may not register in this federation`,
    `Ask the federator to run  fednode federation allow ${scenario} ${account.address}`,
  )
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function toHex(bytes: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(bytes).toString('hex')}`
}

function refused(code: string, message: string, hint?: string): UserError {
  return new UserError('refused', message, hint === undefined ? { code } : { code, hint })
}
