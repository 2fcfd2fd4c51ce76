import type { Mailbox } from '../../../models/mailbox.ts'
import type { AuditAction, AuditRecord } from '../../../models/wire/audit.ts'
import type { ActivityEntry } from '../../../models/wire/health/activity.ts'

/** What people do to a mailbox; looking at its mail is the auditors' business. */
const SENTENCES: Partial<Record<AuditAction, string>> = {
  'mailbox-connected': 'The mailbox was connected',
  'mailbox-disconnected': 'The mailbox was disconnected',
  'mailbox-paused': 'Reading was paused',
  'mailbox-resumed': 'Reading was resumed',
  'mailbox-settings-changed': 'Settings of the mailbox were changed',
  'mailbox-tested': 'Test Sync was run',
  'folders-chosen': 'Its folders were chosen',
  'support-bundle-made': 'A support bundle was put together',
}

const ROLES: Record<string, string> = {
  admin: 'an administrator',
  auditor: 'an auditor',
  operator: 'whoever runs FlowCRM',
  system: 'FlowCRM itself',
}

/** What the audit log tells of a mailbox, for its people: what was done and as whom, never who. Pure. */
export const byPeople = (
  records: readonly AuditRecord[],
  { ownerUserId }: Pick<Mailbox, 'ownerUserId'>,
): ActivityEntry[] =>
  records.flatMap(({ at, action, who }): ActivityEntry[] => {
    const sentence = Object.entries(SENTENCES).find(([named]) => named === action)?.[1]
    if (sentence === undefined) return []
    const by = who.userId === ownerUserId ? 'its owner' : (ROLES[who.role] ?? 'a member')
    const words = `${sentence} by ${by}.`
    return [{ at, kind: 'people', severity: 'info', sentence: words, folderName: null }]
  })
