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
} satisfies Record<string, Reason>

export type ReasonCode = keyof typeof reasons

/** Where a reason is explained at length, from the project's root. */
export const helpOf = (code: ReasonCode): string => `docs/reasons.md#${code}`

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasons, code)

function stored(sentence: string): Reason {
  return { state: 'stored', sentence, change: KEEPS, retries: false, who: 'nobody' }
}

function excluded(sentence: string, { change, who }: Pick<Reason, 'change' | 'who'>): Reason {
  return { state: 'excluded', sentence, change, retries: false, who }
}

function gone(sentence: string, change: string): Reason {
  return { state: 'gone', sentence, change, retries: false, who: 'member' }
}
