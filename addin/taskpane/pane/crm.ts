import type { z } from 'zod'
import type { AddinSettings } from '../../../models/wire/addin-settings.ts'
import type { Contact, NewContact } from '../../../models/wire/contacts/contact.ts'
import type {
  ContactStage,
  Meeting,
  NewTask,
  Note,
  Task,
} from '../../../models/wire/contacts/follow-up.ts'
import type { EmailMatches, PinRequest } from '../../../models/wire/contacts/upkeep.ts'
import type { Explanation } from '../../../models/wire/explain.ts'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../../models/wire/log-email.ts'
import type {
  Choice,
  ChoiceRequest,
  Compose,
  ComposeRequest,
} from '../../../models/wire/pane/compose.ts'
import type {
  LogMeetingRequest,
  MeetingLook,
  MeetingLookRequest,
  PaneNote,
  PaneStage,
  PaneTaskChange,
} from '../../../models/wire/pane/follow-up.ts'
import type { KeepOutRequest, KeptOut } from '../../../models/wire/pane/keep-out.ts'
import type { AddAddress, Look, LookRequest } from '../../../models/wire/pane/look.ts'
import { ApiError } from '../../../ui/api/api-error.ts'
import { createApi } from '../../../ui/api/client.ts'
import type { Tokens } from '../../auth/tokens.ts'
import type * as answers from './answers.ts'

/** What the pane asks of the CRM. All reject with a Failure; code `not-signed-in` when somebody has to sign in. */
export type Crm = {
  /** The contact's page in the console. */
  contactPage: (id: string) => string
  look: (request: LookRequest) => Promise<Look>
  log: (request: LogEmailRequest) => Promise<EmailStatus>
  /** Its conversation stays out of the CRM, or comes in again. */
  keepOut: (request: KeepOutRequest) => Promise<KeptOut>
  explain: (request: EmailStatusRequest) => Promise<Explanation>
  /** By name or address; a few. */
  findContacts: (q: string) => Promise<Contact[]>
  createContact: (contact: z.input<typeof NewContact>) => Promise<Contact>
  addAddress: (more: AddAddress) => Promise<Contact>
  pin: (word: PinRequest) => Promise<EmailMatches>
  writeNote: (note: PaneNote) => Promise<Note>
  createTask: (task: NewTask) => Promise<Task>
  changeTask: (change: PaneTaskChange) => Promise<Task>
  setStage: (stage: PaneStage) => Promise<ContactStage>
  lookAtMeeting: (meeting: MeetingLookRequest) => Promise<MeetingLook>
  logMeeting: (meeting: LogMeetingRequest) => Promise<Meeting>
  /** Beside a message that is being written. */
  compose: (draft: ComposeRequest) => Promise<Compose>
  choose: (choice: ChoiceRequest) => Promise<Choice>
}

type Answers = typeof answers

/** To make what the answers must be takes time at the pane's start: it is done while the first one is waited for. */
export function createCrm({ apiUrl }: Pick<AddinSettings, 'apiUrl'>, tokens: Tokens): Crm {
  const headers = async () => ({ authorization: `Bearer ${await tokenFor(tokens)}` })
  const baseUrl = apiUrl.replace(/\/$/, '')
  const api = createApi({ baseUrl, headers })
  const ask = <T>(path: string, body: unknown, answer: (answers: Answers) => z.ZodType<T>) =>
    api.send('POST', `/api/v1/${path}`, body, () => import('./answers.ts').then(answer))
  return {
    contactPage: (id) => `${baseUrl}/contacts/${encodeURIComponent(id)}`,
    look: (request) => ask('addin/look', request, (a) => a.Look),
    log: (request) => ask('emails/log', request, (a) => a.EmailStatus),
    keepOut: (request) => ask('addin/conversation', request, (a) => a.KeptOut),
    explain: (request) => ask('addin/explain', request, (a) => a.Explanation),
    findContacts: async (q) =>
      (await ask('addin/contacts/search', { q }, (a) => a.ContactPage)).contacts,
    createContact: (contact) => ask('addin/contacts', contact, (a) => a.Contact),
    addAddress: (more) => ask('addin/contacts/addresses', more, (a) => a.Contact),
    pin: (word) => ask('addin/pins', word, (a) => a.EmailMatches),
    writeNote: (note) => ask('addin/notes', note, (a) => a.Note),
    createTask: (task) => ask('addin/tasks', task, (a) => a.Task),
    changeTask: (change) => ask('addin/tasks/change', change, (a) => a.Task),
    setStage: (stage) => ask('addin/stage', stage, (a) => a.ContactStage),
    lookAtMeeting: (meeting) => ask('addin/meetings/look', meeting, (a) => a.MeetingLook),
    logMeeting: (meeting) => ask('addin/meetings/log', meeting, (a) => a.Meeting),
    compose: (draft) => ask('addin/compose', draft, (a) => a.Compose),
    choose: (choice) => ask('addin/compose/choice', choice, (a) => a.Choice),
  }
}

async function tokenFor(tokens: Tokens): Promise<string> {
  const token = await tokens.silent()
  if (token === null)
    throw new ApiError({ code: 'not-signed-in', detail: 'Your sign-in has ended. Sign in again.' })
  return token
}
