import type { Random } from '@fednode/engine'

/** A cooperative game: players are silos, and a coalition is worth the utility of the model made of its updates alone. */
export type Game = {
  readonly players: number
  /** One utility per coalition, in their order; bit i of a coalition is player i, 0n is the incoming model. */
  utilities(coalitions: readonly bigint[]): Promise<readonly number[]>
}

/** Why an estimator ended; `complete`: it has all that it is defined on, `converged`: by its own rule. */
export type StopReason = 'complete' | 'evaluations' | 'standard-error' | 'seconds' | 'converged'

/** What an estimator made of a game. */
export type Estimate = {
  /** One per player, in the utility's unit. */
  readonly values: readonly number[]
  /** Standard deviation of each value over the estimator's random draws; 0 where nothing is drawn. */
  readonly standardErrors: readonly number[]
  /** Distinct coalitions that were evaluated. */
  readonly evaluations: number
  readonly stoppedBy: StopReason
}

/** Coalitions that are of use only together, for example a pair of complements. */
export type Unit = readonly bigint[]

/** What an estimator wants to know next. */
export type Request = {
  readonly units: readonly Unit[]
  /** Of what is known so far; absent while too little is known to say. */
  readonly standardErrors?: () => readonly number[]
}

/** Utilities of the leading units of a request, as far as the budget goes: fewer than were asked for means to stop. */
export type Answer = readonly (readonly number[])[]

/** Values and their standard errors once an estimator has stopped. */
export type Outcome = Pick<Estimate, 'values' | 'standardErrors'> & { readonly converged?: boolean }

/** What an estimator knows of the players beforehand. */
export type Players = {
  readonly count: number
  /** Training rows of each. */
  readonly samples: readonly number[]
  readonly random: Random
}

/**
 * One estimation, as a conversation: it yields requests and gets answers. Which units it asks for depends on the random stream and on
 * utilities alone, never on the budget: whoever repeats it with as many evaluations as were used gets the same bits. It returns nothing
 * when it was cut short before it had an estimate; a first request that is refused ends it.
 */
export type Estimation = Generator<Request, Outcome | undefined, Answer>

/** A method of valuing players. */
export type Estimator = {
  /** Distinct coalitions that are always enough for an estimate. */
  minimumEvaluations(players: number): number
  estimate(players: Players): Estimation
}
