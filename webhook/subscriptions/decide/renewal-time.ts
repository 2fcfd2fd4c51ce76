/** A life as the provider granted it, never the one we asked for. */
export type Life = { from: Date; expiresAt: Date }

const RENEW_AT = 2 / 3
/** Later renewals come this much earlier or later, so that they never fall into step. */
const SPREAD = 0.1
/** The first one may come this much earlier: what was made in one minute must not be renewed in one. */
const FIRST_SPREAD = 0.75

/** When a new subscription is first renewed: at two thirds of its life, or a good deal before. */
export const firstRenewalAt = (life: Life, random: () => number): Date =>
  at(life, RENEW_AT * (1 - FIRST_SPREAD * random()))

/** When it is renewed again: at two thirds of the life that the last renewal gave it, give or take a tenth. */
export const nextRenewalAt = (life: Life, random: () => number): Date =>
  at(life, RENEW_AT * (1 - SPREAD + 2 * SPREAD * random()))

const at = ({ from, expiresAt }: Life, share: number): Date =>
  new Date(from.getTime() + (expiresAt.getTime() - from.getTime()) * share)
