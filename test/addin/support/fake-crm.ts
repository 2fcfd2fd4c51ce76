import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Email } from '../../../models/wire/email.ts'
import type { Explanation } from '../../../models/wire/explain.ts'
import type { EmailStatus, LogEmailRequest } from '../../../models/wire/log-email.ts'
import type {
  Look,
  LookContact,
  LookRequest,
  MessageState,
} from '../../../models/wire/pane/look.ts'
import type { Choice, Compose, ComposeRequest } from '../../../models/wire/pane/compose.ts'
import type { Meeting, Note, Task } from '../../../models/wire/contacts/follow-up.ts'
import type { MeetingLook } from '../../../models/wire/pane/follow-up.ts'
import { ApiError } from '../../../ui/api/api-error.ts'
import type { Tokens, Who } from '../../../addin/auth/tokens.ts'
import type { OpenItem, OpenMessage } from '../../../addin/office/item.ts'
import type { Outlook } from '../../../addin/office/outlook.ts'
import type { SelectionListener } from '../../../addin/office/selection.ts'
import type { Crm } from '../../../addin/taskpane/pane/crm.ts'

export function aMessage(over: Partial<OpenMessage> = {}): OpenMessage {
  return {
    itemId: 'AAMk-1',
    internetMessageId: '<1@fabrikam.test>',
    mailboxAddress: 'alice@contoso.test',
    subject: 'Quote for 40 seats',
    from: { name: 'Dora', address: 'dora@fabrikam.test' },
    to: [{ name: 'Alice', address: 'alice@contoso.test' }],
    cc: [],
    sentAt: '2026-11-21T08:00:00.000Z',
    attachments: [],
    readBodyHtml: async () => '<p>Hello</p>',
    ...over,
  }
}

export const notLogged: MessageState = { state: 'not-logged' }

export function aLook(message: MessageState = notLogged, over: Partial<Look> = {}): Look {
  const nobody = { contacts: [], strangers: [], recent: null, thread: null }
  const followUps = { tasks: [], notes: [], stages: [], pipeline: [] }
  return { message, mailbox: 'connected', keptOut: null, ...nobody, followUps, ...over }
}

const CREATED = '2026-11-01T09:00:00.000Z'

export function aContact(id: string, over: Partial<Contact> = {}): Contact {
  return {
    ...{ id, name: `Contact ${id}`, jobTitle: '', phone: '', company: null, mergedInto: null },
    addresses: [{ address: `${id}@fabrikam.test`, formerSince: null }],
    ...{ version: 1, createdAt: CREATED, updatedAt: CREATED },
    ...over,
  }
}

export function aMatch(id: string, over: Partial<Contact> = {}): LookContact {
  const contact = aContact(id, over)
  const address = contact.addresses[0]?.address ?? null
  return { contact, reasons: [{ by: 'address', role: 'from', address, sentence: 'Theirs.' }] }
}

export function anEmail(id: string, over: Partial<Email> = {}): Email {
  return {
    ...{ id, subject: `Subject ${id}`, preview: '', from: { name: 'Dora', address: 'd@f.test' } },
    ...{ to: [], cc: [], sentAt: null, receivedAt: CREATED, hasAttachments: false },
    ...{ visibility: 'full', threadId: 't1', sightings: [] },
    ...over,
  }
}

export function aCompose(over: Partial<Compose> = {}): Compose {
  const nobody = { contacts: [], strangers: [], forecast: null }
  return { mailbox: 'connected', sent: 'watched', ...nobody, choice: null, dropBox: null, ...over }
}

const ALICE = { userId: 'alice', name: 'Alice' }

export function aTask(over: Partial<Task> = {}): Task {
  return {
    ...{ id: 't1', contactId: 'c1', title: 'Call her', dueOn: null, doneAt: null },
    ...{ owner: ALICE, by: ALICE, version: 1, createdAt: CREATED, ...over },
  }
}

export function aNote(over: Partial<Note> = {}): Note {
  return {
    ...{ id: 'n1', contactIds: [], emailId: null, meetingId: null, text: '', by: ALICE },
    ...{ version: 1, createdAt: CREATED, updatedAt: CREATED, ...over },
  }
}

export function aMeeting(over: Partial<Meeting> = {}): Meeting {
  return {
    ...{ id: 'm1', subject: 'Kick-off', organizer: null, attendees: [], contactIds: [] },
    ...{ startsAt: CREATED, endsAt: CREATED, notes: [] },
    loggedBy: [{ ...ALICE, at: CREATED }],
    ...over,
  }
}

export function stored(mailboxAddress = 'alice@contoso.test') {
  const since = '2026-11-20T10:00:00.000Z'
  const sighting = { mailboxAddress, folderName: 'Inbox', since, byName: null }
  return {
    state: 'stored',
    emailId: 'e1',
    since,
    sightings: [{ via: 'sync', ...sighting }],
  } satisfies MessageState
}

/** The far side of the pane, run by the test: what is open, who is signed in, what the CRM answers. */
export class World {
  listener: SelectionListener | null = null
  open: OpenItem = { kind: 'none' }
  token: string | null = 'token'
  signInError: Error | null = null
  /** Answers in the order of the calls; the last one stays. */
  answers: (MessageState | Error | Promise<MessageState>)[] = [notLogged]
  /** What there is of people and mail besides. */
  around: Partial<Look> = {}
  /** Whom a search finds. */
  known: Contact[] = []
  explanation: Explanation | Error = problem('not-found')
  meeting: MeetingLook | Error = { logged: null, contacts: [], strangers: [] }
  /** Whatever there is to say of a draft. */
  draft: Partial<Compose> | Error = {}
  /** What was chosen, by the ids that drafts carry; a failure comes once. */
  readonly choices = new Map<string, Choice>()
  choosingFails: Error | null = null
  readonly drafts: ComposeRequest[] = []
  readonly signedIn: Who[] = []
  readonly asked: LookRequest[] = []
  readonly logged: LogEmailRequest[] = []
  /** Everything else that was asked for, by its name. */
  readonly done: [what: string, ...how: unknown[]][] = []

  readonly outlook: Outlook = {
    userAddress: 'alice@contoso.test',
    language: 'en-US',
    canSignInNested: false,
    theme: () => 'light',
    onThemeChange: () => {},
    watchSelection: (listener) => {
      this.listener = listener
      listener.onItem(this.open)
      return { read: () => listener.onItem(this.open), stop: () => (this.listener = null) }
    },
  }

  readonly tokens: Tokens = {
    silent: async () => this.token,
    signIn: async (who) => {
      this.signedIn.push(who ?? 'owner')
      if (this.signInError) throw this.signInError
      return (this.token = 'token')
    },
  }

  readonly crm: Crm = {
    contactPage: (id) => `https://crm.test/contacts/${id}`,
    look: async (request) => {
      this.asked.push(request)
      return aLook(await this.#answer(), this.around)
    },
    log: async (request) => {
      this.logged.push(request)
      return (await this.#answer()) as EmailStatus
    },
    keepOut: async ({ keepOut }) => {
      this.done.push(['keep out', keepOut])
      return { keptOut: keepOut, concerned: 1 }
    },
    explain: async (request) => {
      this.done.push(['explain', request])
      if (this.explanation instanceof Error) throw this.explanation
      return this.explanation
    },
    findContacts: async (q) => {
      this.done.push(['search', q])
      return this.known
    },
    createContact: async (contact) => {
      this.done.push(['create', contact])
      return aContact('new')
    },
    addAddress: async (more) => {
      this.done.push(['add address', more])
      return aContact(more.contactId)
    },
    pin: async (word) => {
      this.done.push(['pin', word])
      return { emailId: word.emailId, matches: [] }
    },
    writeNote: async (note) => {
      this.done.push(['note', note])
      return aNote(note)
    },
    createTask: async (task) => {
      this.done.push(['task', task])
      return aTask(task)
    },
    changeTask: async ({ id, version, done }) => {
      this.done.push(['change task', { id, version, done }])
      return aTask({ id, version: version + 1, doneAt: done ? CREATED : null })
    },
    setStage: async ({ contactId, version, stageId }) => {
      this.done.push(['stage', { contactId, version, stageId }])
      return { contactId, stage: null, history: [], version: version + 1 }
    },
    lookAtMeeting: async (meeting) => {
      this.done.push(['look at meeting', meeting])
      if (this.meeting instanceof Error) throw this.meeting
      return this.meeting
    },
    logMeeting: async (meeting) => {
      this.done.push(['log meeting', meeting])
      return aMeeting()
    },
    compose: async (draft) => {
      this.drafts.push(draft)
      if (this.draft instanceof Error) throw this.draft
      const choice = this.choices.get(draft.choiceId ?? '') ?? null
      return { ...aCompose(), choice, ...this.draft }
    },
    choose: async ({ id, mailboxAddress: _address, ...choice }) => {
      this.done.push(['choose', choice])
      const failure = this.choosingFails
      this.choosingFails = null
      if (failure) throw failure
      this.choices.set(id, choice)
      return choice
    },
  }

  readonly parts = {
    outlook: Promise.resolve(this.outlook),
    connect: async () => ({ tokens: this.tokens, crm: this.crm }),
  }

  select(item: OpenItem | OpenMessage): void {
    this.open = 'kind' in item ? item : { kind: 'message', message: item }
    this.listener?.onItem(this.open)
  }

  async #answer(): Promise<MessageState> {
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0]
    if (answer instanceof Error) throw answer
    if (!answer) throw new Error('The test gave no answer.')
    return answer
  }
}

export const problem = (code: string, detail = `It was ${code}.`) =>
  new ApiError({ code, detail, status: 503, requestId: 'req-1' })
