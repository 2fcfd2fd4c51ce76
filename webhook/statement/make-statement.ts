import { isDoubted, type NamedFolder, type Proof } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import {
  STATEMENT_FORMAT,
  type Comparison,
  type FolderStatement,
  type Shortfall,
  type StateCounts,
  type Statement,
} from '../../models/wire/statement.ts'
import { HOUR } from '../duration.ts'
import { RULE_VERSION } from '../sync/decide/rules.ts'
import { SERVICE_VERSION } from '../version.ts'

/** Comparisons are spread over time and take some; this much later they still count. */
export const PROOF_GRACE_MS = HOUR

export type StatementFacts = {
  mailbox: Mailbox
  /** Each watched folder with what the ledger holds of it now. */
  folders: { folder: NamedFolder; counts: StateCounts }[]
  now: Date
  /** How often comparisons are promised. */
  reconcileMs: number
}

/** The account of a mailbox, from what is known. Pure. */
export function makeStatement(facts: StatementFacts): Statement {
  const { mailbox, folders, now } = facts
  const shortfalls = shortfallsOf(facts)
  return {
    format: STATEMENT_FORMAT,
    workspaceId: mailbox.workspaceId,
    mailbox: { id: mailbox._id, address: mailbox.address },
    at: now.toISOString(),
    serviceVersion: SERVICE_VERSION,
    ruleVersion: RULE_VERSION,
    complete: shortfalls.length === 0,
    shortfalls,
    folders: folders.map(folderStatement),
  }
}

const folderStatement = ({
  folder,
  counts,
}: StatementFacts['folders'][number]): FolderStatement => ({
  id: folder._id,
  name: folder.displayName,
  deletedAt: folder.deletedAt?.toISOString() ?? null,
  counts,
  comparison: folder.proof && comparisonOf(folder.proof),
})

function comparisonOf({ at, counts, ...figures }: Proof): Comparison {
  const { pending, stored, excluded, failed, gone } = counts
  return {
    at: at.toISOString(),
    ...figures,
    ledgerCount: pending + stored + excluded + failed,
    counts: { pending, stored, excluded, failed, gone },
  }
}

function shortfallsOf({ mailbox, folders, now, reconcileMs }: StatementFacts): Shortfall[] {
  const oldest = now.getTime() - reconcileMs - PROOF_GRACE_MS
  const there = folders.map(({ folder }) => folder).filter(({ deletedAt }) => !deletedAt)
  const ofMailbox: [boolean, Shortfall['code'], string][] = [
    [
      mailbox.status !== 'connected',
      'not-connected',
      'Microsoft 365 does not let FlowCRM read the mailbox, so later mail is not in here.',
    ],
    [mailbox.paused !== null, 'paused', 'Reading is paused, so later mail is not in here.'],
    [there.length === 0, 'nothing-watched', 'No folder is watched.'],
  ]
  return [
    ...ofMailbox
      .filter(([applies]) => applies)
      .map(([, code, sentence]) => ({ code, folderId: null, sentence })),
    ...there.flatMap((folder) => shortfallOf(folder, { oldest, now }) ?? []),
  ]
}

function shortfallOf(
  folder: NamedFolder,
  { oldest, now }: { oldest: number; now: Date },
): Shortfall | null {
  const { backfill, proof, displayName } = folder
  const short = (code: Shortfall['code'], sentence: string) => ({
    code,
    folderId: folder._id,
    sentence: `${displayName}: ${sentence}`,
  })
  if (!backfill.finishedAt) return short('first-pass-running', 'earlier mail is still being read.')
  if (!proof) return short('not-compared', 'it was not compared with the mailbox yet.')
  if (!proof.equal)
    return short(
      'not-equal',
      `${proof.missing} messages are missing and ${proof.surplus} are in the ledger alone.`,
    )
  if (isDoubted(folder, now))
    return short('not-compared', 'it is to be compared with the mailbox anew.')
  if (proof.at.getTime() < oldest)
    return short('comparison-too-old', 'the last comparison with the mailbox is too old.')
  return null
}
