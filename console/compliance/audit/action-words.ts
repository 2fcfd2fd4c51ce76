import { auditActions, type AuditAction } from '../../../models/wire/audit.ts'

type Group =
  'Signing in' | 'E-mails' | 'Mailboxes' | 'Rules' | 'Contacts' | 'Notes and tasks' | 'Compliance'

/** What somebody did, as the end of a sentence that begins with who. */
const ACTIONS: Record<AuditAction, readonly [Group, string]> = {
  'signed-in': ['Signing in', 'signed in'],
  'emails-listed': ['E-mails', 'looked at a list of e-mails'],
  'emails-followed': ['E-mails', 'watched new e-mails come in'],
  'email-viewed': ['E-mails', 'looked at an e-mail'],
  'attachment-downloaded': ['E-mails', 'downloaded a file of an e-mail'],
  'email-logged': ['E-mails', 'logged an e-mail by hand'],
  'sending-chosen': ['E-mails', 'chose what becomes of a message when it is sent'],
  'mailbox-connected': ['Mailboxes', 'connected a mailbox'],
  'mailbox-disconnected': ['Mailboxes', 'disconnected a mailbox'],
  'mailbox-paused': ['Mailboxes', 'paused a mailbox'],
  'mailbox-resumed': ['Mailboxes', 'resumed a mailbox'],
  'mailbox-settings-changed': ['Mailboxes', 'changed the settings of a mailbox'],
  'mailbox-tested': ['Mailboxes', 'tested a mailbox'],
  'support-bundle-made': ['Mailboxes', 'took a support bundle along'],
  'folders-chosen': ['Mailboxes', 'chose the folders of a mailbox'],
  'workspace-settings-changed': ['Rules', 'changed settings of the organization'],
  'rules-changed': ['Rules', 'changed rules'],
  'rules-applied': ['Rules', 'applied rules to older mail'],
  'rules-undone': ['Rules', 'went back to earlier rules'],
  'contact-created': ['Contacts', 'created a contact'],
  'contact-changed': ['Contacts', 'changed a contact or company'],
  'contact-deleted': ['Contacts', 'deleted a contact'],
  'contacts-imported': ['Contacts', 'imported contacts'],
  'contacts-merged': ['Contacts', 'merged two contacts'],
  'contacts-unmerged': ['Contacts', 'undid a merge of contacts'],
  'suggestion-decided': ['Contacts', 'decided about a suggested contact'],
  'match-pinned': ['Contacts', 'corrected whom an e-mail belongs to'],
  'note-created': ['Notes and tasks', 'wrote a note'],
  'note-changed': ['Notes and tasks', 'changed a note'],
  'note-deleted': ['Notes and tasks', 'deleted a note'],
  'task-created': ['Notes and tasks', 'created a task'],
  'task-changed': ['Notes and tasks', 'changed a task'],
  'task-deleted': ['Notes and tasks', 'deleted a task'],
  'stage-changed': ['Notes and tasks', 'moved a contact to another stage'],
  'pipeline-changed': ['Notes and tasks', 'changed the stages of the pipeline'],
  'meeting-logged': ['Notes and tasks', 'logged a meeting'],
  'statement-signed': ['Compliance', 'had a statement signed'],
  'person-exported': ['Compliance', 'exported what is known of a person'],
  'person-erased': ['Compliance', 'had a person erased'],
  'suppression-lifted': ['Compliance', 'let somebody who was erased in again'],
  'retention-applied': ['Compliance', 'removed mail that was past its time'],
  'workspace-ended': ['Compliance', 'ended the workspace'],
  'keys-rotated': ['Compliance', 'changed the encryption keys'],
  'audit-exported': ['Compliance', 'downloaded the audit log'],
  'audit-details-shredded': ['Compliance', 'destroyed the details of an entry'],
}

/** Of a version that is newer than this page, or of whoever has tampered with the log: its name has to do. */
const isKnown = (action: string): action is AuditAction => Object.hasOwn(ACTIONS, action)

/** What somebody did: "looked at an e-mail". */
export const didWords = (action: string): string =>
  isKnown(action) ? ACTIONS[action][1] : `did “${action}”`

export type ActionGroup = { label: Group; actions: { action: AuditAction; words: string }[] }

/** Everything that can be asked for, by topic. */
export const actionGroups: readonly ActionGroup[] = groupsOf(auditActions)

function groupsOf(actions: readonly AuditAction[]): ActionGroup[] {
  const groups = new Map<Group, ActionGroup>()
  for (const action of actions) {
    const [label, did] = ACTIONS[action]
    const group = groups.get(label) ?? { label, actions: [] }
    group.actions.push({ action, words: did.charAt(0).toUpperCase() + did.slice(1) })
    groups.set(label, group)
  }
  return [...groups.values()]
}

const ROLES = new Map([
  ['member', 'member'],
  ['admin', 'admin'],
  ['auditor', 'auditor'],
])

/** As whom they acted; nothing for those whose name says it. */
export const roleWords = (role: string): string => ROLES.get(role) ?? ''

/** What things are called that something is done to. */
export const OBJECT_WORDS = {
  email: 'E-mail',
  thread: 'Conversation',
  attachment: 'File',
  choice: 'Choice before sending',
  mailbox: 'Mailbox',
  contact: 'Contact',
  company: 'Company',
  suggestion: 'Suggested contact',
  merge: 'Merge',
  import: 'Import',
  note: 'Note',
  task: 'Task',
  meeting: 'Meeting',
  pipeline: 'Pipeline',
  person: 'Person',
  erasure: 'Erasure',
  export: 'Export of a person',
  workspace: 'Organization',
  audit: 'Audit log',
  'audit-entry': 'Audit entry',
} as const

export const objectWords = (kind: string): string =>
  Object.hasOwn(OBJECT_WORDS, kind) ? OBJECT_WORDS[kind as keyof typeof OBJECT_WORDS] : kind
