/** Who can change what a reason says: `nobody` where nothing is wrong. */
export type WhoCanAct = 'nobody' | 'member' | 'admin' | 'operator' | 'microsoft'

/** One reason: the state it explains, for people in one sentence, and what would change it in another. */
export type Reason = {
  state: 'pending' | 'stored' | 'excluded' | 'failed' | 'gone'
  sentence: string
  /** What would change it. */
  change: string
  /** Whether it is tried again by itself. */
  retries: boolean
  who: WhoCanAct
}

const KEEPS = 'Nothing has to change.'

/** The catalogue of reasons (product 4.1). Codes are stable; each is explained in docs/reasons.md. */
export const reasons = {
  new: stored('Stored as a new e-mail.'),
  'duplicate-of': stored('The CRM had this e-mail; this copy was added to it.'),
  'logged-by-hand': stored('A person logged this message from Outlook.'),
  're-evaluated': stored('Stored after the rules or the window had changed.'),
  draft: excluded('Drafts are not stored until they are sent.', {
    change: 'Sending it. What is sent is a message of its own in Sent Items.',
    who: 'member',
  }),
  'erased-person': excluded('A person takes part in it whose data was erased on request.', {
    change:
      'Nothing: who was erased stays erased. Only an admin can lift it, and with their consent.',
    who: 'admin',
  }),
  'folder-excluded': excluded('A rule leaves its folder out.', {
    change: 'Taking the folder off the list of excluded folders, or moving the message.',
    who: 'member',
  }),
  'category-no-crm': excluded('It carries the category that keeps mail out of the CRM.', {
    change: 'Removing the category from the message in Outlook.',
    who: 'member',
  }),
  'conversation-kept-out': excluded('You keep its conversation out of the CRM.', {
    change: 'Letting the conversation in again, in the add-in.',
    who: 'member',
  }),
  'privacy-bcc': excluded('Its sender copied it to the address that keeps mail out of the CRM.', {
    change: 'Nothing: whoever sent it did not want it here.',
    who: 'nobody',
  }),
  'marked-private': excluded('It is marked as private or personal in Outlook.', {
    change: 'Only its sender could mark it otherwise, by sending it again.',
    who: 'nobody',
  }),
  rule: excluded('A never-log rule names somebody who takes part in it.', {
    change: 'Changing that rule: your own in the settings of the mailbox, the others by an admin.',
    who: 'member',
  }),
  'internal-only': excluded('Everybody who takes part in it belongs to your organization.', {
    change: 'Logging it by hand, or an admin allowing internal mail.',
    who: 'admin',
  }),
  'no-contact': excluded('No contact takes part in it, and only mail with contacts is wanted.', {
    change: 'Adding one of its people as a contact, logging it by hand, or another scope.',
    who: 'member',
  }),
  automated: excluded('A machine sent it: a list, an automatic answer or a no-reply sender.', {
    change: 'Logging it by hand, or a rule that lets automated mail in.',
    who: 'member',
  }),
  'retention-passed': excluded('It is older than your organization keeps mail.', {
    change: 'A longer time in the rules of the organization, applied to what was left out before.',
    who: 'admin',
  }),
  'older-than-window': excluded('It was received before the time from which mail is read.', {
    change: 'A wider window in the settings of the mailbox.',
    who: 'member',
  }),
  'folder-not-watched': excluded('It lies in a folder that is not watched.', {
    change: 'Watching that folder.',
    who: 'member',
  }),
  waiting: {
    state: 'pending',
    sentence: 'It could not be stored yet.',
    change: 'It is tried again by itself.',
    retries: true,
    who: 'nobody',
  },
  'daily-limit': pending('The e-mails that your plan allows in a day are used up.', {
    change:
      'Nothing has to: it is stored when the next day begins. An admin can choose another plan.',
    who: 'admin',
  }),
  'storage-limit': pending('As many e-mails are stored as your plan allows.', {
    change: 'Removing e-mails, or another plan: then it is stored by itself.',
    who: 'admin',
  }),
  /** Of a message that is known by its id alone, and of the answer that explains one that is not (`withheld.ts`). */
  'throttled-by-graph': pending('Microsoft 365 has asked FlowCRM to come back later.', {
    change: 'It is tried again by itself as soon as Microsoft allows it.',
    who: 'nobody',
  }),
  /** Of an e-mail's attachments; the e-mail itself is stored (`attachments/attachment-desk.ts`). */
  'attachment-scanning': pending('A virus scanner is still looking at its attachments.', {
    change: 'Nothing has to: they are fetched again when it has finished.',
    who: 'nobody',
  }),
  /** The same. */
  'reconnect-needed': pending('The mailbox must be connected again before it can be read.', {
    change: 'Connecting the mailbox again in the console.',
    who: 'member',
  }),
  'fetch-error': {
    state: 'failed',
    sentence: 'Microsoft 365 did not give this message, however often it was asked.',
    change: 'It is asked for again with the next comparison.',
    retries: true,
    who: 'microsoft',
  },
  'too-large': {
    state: 'failed',
    sentence: 'The message is larger than FlowCRM can store.',
    change: 'Nothing: it stays in the mailbox.',
    retries: false,
    who: 'nobody',
  },
  /** An e-mail nevertheless, without its text (`isInCrm`). */
  protected: {
    state: 'failed',
    sentence: 'Its text is encrypted, and only its recipients can read it.',
    change: 'Nothing: who wrote it, to whom and when is stored.',
    retries: false,
    who: 'nobody',
  },
  malformed: {
    state: 'failed',
    sentence: 'The mailbox gave this message in a form that cannot be read.',
    change: 'A change of the message in the mailbox, or a newer version of FlowCRM.',
    retries: true,
    who: 'operator',
  },
  poison: {
    state: 'failed',
    sentence: 'Storing this message failed every time it was tried.',
    change: 'A newer version of FlowCRM. Tell your admin; the log names the fault.',
    retries: true,
    who: 'operator',
  },
  'deleted-in-mailbox': gone('The message was deleted in the mailbox.', 'Restoring it there.'),
  'moved-out': gone(
    'The message was moved to a folder that is not watched.',
    'Moving it back, or watching that folder.',
  ),
  'folder-deleted': gone(
    'Its folder was deleted in the mailbox.',
    'Restoring the message to a watched folder.',
  ),
  'mailbox-disconnected': gone('Its mailbox was disconnected.', 'Connecting the mailbox again.'),
} satisfies Record<string, Reason>

export type ReasonCode = keyof typeof reasons

/** The code of a never-log rule's exclusions: `rule` in the catalogue, with the rule that it was. */
export type RuleReason = `rule:${string}`

/** What the ledger can say; null for a code of a newer version than ours. */
export const reasonNamed = (code: string): Reason | null => {
  const known = catalogued(code)
  return known && reasons[known]
}

/** The code under which the catalogue explains this one. */
export function catalogued(code: string): ReasonCode | null {
  const family = code.startsWith('rule:') ? 'rule' : code
  return isReasonCode(family) ? family : null
}

/** Where a reason is explained at length, from the project's root. */
export const helpOf = (code: ReasonCode): string => `docs/reasons.md#${code}`

/** Whether the ledger has the message as an e-mail of the CRM: with its text, or without the one that nobody can read. */
export const isInCrm = ({ state, reason }: { state: string; reason: string }): boolean =>
  state === 'stored' || (state === 'failed' && reason === ('protected' satisfies ReasonCode))

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasons, code)

function stored(sentence: string): Reason {
  return { state: 'stored', sentence, change: KEEPS, retries: false, who: 'nobody' }
}

function excluded(sentence: string, { change, who }: Pick<Reason, 'change' | 'who'>): Reason {
  return { state: 'excluded', sentence, change, retries: false, who }
}

function pending(sentence: string, { change, who }: Pick<Reason, 'change' | 'who'>): Reason {
  return { state: 'pending', sentence, change, retries: true, who }
}

function gone(sentence: string, change: string): Reason {
  return { state: 'gone', sentence, change, retries: false, who: 'member' }
}
