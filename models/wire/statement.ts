import { z } from 'zod'

const count = z.int().min(0)

/** How many messages the ledger has in each state. */
export const StateCounts = z.strictObject({
  pending: count,
  stored: count,
  excluded: count,
  failed: count,
  gone: count,
})
export type StateCounts = z.infer<typeof StateCounts>

/** What the last comparison of the mailbox's ids with the ledger's found; all figures are of that moment. */
export const Comparison = z.strictObject({
  at: z.iso.datetime(),
  equal: z.boolean(),
  /** Ids the mailbox held in the folder. */
  mailboxCount: count,
  /** Messages the ledger had there: pending, stored, excluded or failed. */
  ledgerCount: count,
  missing: count,
  surplus: count,
  repaired: count,
  lostEmails: count,
  counts: StateCounts,
  ruleVersion: count,
  serviceVersion: z.string(),
})
export type Comparison = z.infer<typeof Comparison>

export const FolderStatement = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Set when the mailbox no longer has the folder; nothing is compared then. */
  deletedAt: z.iso.datetime().nullable(),
  /** As of the statement itself: mail that came since the comparison is in here. */
  counts: StateCounts,
  comparison: Comparison.nullable(),
})
export type FolderStatement = z.infer<typeof FolderStatement>

/** Why a statement does not say "complete". */
export const Shortfall = z.strictObject({
  code: z.enum([
    'not-connected',
    'paused',
    'nothing-watched',
    'first-pass-running',
    'not-compared',
    'not-equal',
    'comparison-too-old',
  ]),
  /** The folder it is about; null: the mailbox. */
  folderId: z.string().nullable(),
  sentence: z.string(),
})
export type Shortfall = z.infer<typeof Shortfall>

/** What a statement's first field must say. */
export const STATEMENT_FORMAT = 'flowcrm-statement/1'

/**
 * The completeness account of a mailbox: for each watched folder what the mailbox held, what the ledger says became of
 * it, and whether the two sets of ids were equal.
 */
export const Statement = z.strictObject({
  format: z.literal(STATEMENT_FORMAT),
  workspaceId: z.string(),
  mailbox: z.strictObject({ id: z.string(), address: z.string() }),
  at: z.iso.datetime(),
  serviceVersion: z.string(),
  ruleVersion: count,
  complete: z.boolean(),
  /** Empty exactly when complete. */
  shortfalls: z.array(Shortfall),
  folders: z.array(FolderStatement),
})
export type Statement = z.infer<typeof Statement>

/**
 * `GET /api/v1/mailboxes/{id}/statement`. The signature is a compact JWS (EdDSA, Ed25519) over the statement's JSON; its
 * keys are at `/.well-known/flowcrm-statement-keys.json`. `flowcrm verify-statement` checks the whole document.
 */
export const SignedStatement = z.strictObject({ statement: Statement, signature: z.string() })
export type SignedStatement = z.infer<typeof SignedStatement>

/** `GET /.well-known/flowcrm-statement-keys.json`: a JSON Web Key Set (RFC 7517) of public keys. */
export const StatementKeySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      /** The key's RFC 7638 thumbprint. */
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
})
export type StatementKeySet = z.infer<typeof StatementKeySet>
