import type { z } from 'zod'
import type { AddinSettings } from '../../../models/wire/addin-settings.ts'
import { Contact, ContactPage, type NewContact } from '../../../models/wire/contacts/contact.ts'
import { EmailMatches, type PinRequest } from '../../../models/wire/contacts/upkeep.ts'
import { Explanation } from '../../../models/wire/explain.ts'
import {
  EmailStatus,
  type EmailStatusRequest,
  type LogEmailRequest,
} from '../../../models/wire/log-email.ts'
import {
  Choice,
  Compose,
  type ChoiceRequest,
  type ComposeRequest,
} from '../../../models/wire/pane/compose.ts'
import {
  Meeting,
  ContactStage,
  Note,
  Task,
  type NewTask,
} from '../../../models/wire/contacts/follow-up.ts'
import {
  MeetingLook,
  type LogMeetingRequest,
  type MeetingLookRequest,
  type PaneNote,
  type PaneStage,
  type PaneTaskChange,
} from '../../../models/wire/pane/follow-up.ts'
import { KeptOut, type KeepOutRequest } from '../../../models/wire/pane/keep-out.ts'
import { Look, type AddAddress, type LookRequest } from '../../../models/wire/pane/look.ts'
import { ApiError } from '../../../ui/api/api-error.ts'
import { createApi } from '../../../ui/api/client.ts'
import type { Tokens } from '../../auth/tokens.ts'

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

export function createCrm({ apiUrl }: Pick<AddinSettings, 'apiUrl'>, tokens: Tokens): Crm {
  const headers = async () => ({ authorization: `Bearer ${await tokenFor(tokens)}` })
  const baseUrl = apiUrl.replace(/\/$/, '')
  const api = createApi({ baseUrl, headers })
  const ask = <T>(path: string, body: unknown, schema: z.ZodType<T>) =>
    api.send('POST', `/api/v1/${path}`, body, schema)
  return {
    contactPage: (id) => `${baseUrl}/contacts/${encodeURIComponent(id)}`,
    look: (request) => ask('addin/look', request, Look),
    log: (request) => ask('emails/log', request, EmailStatus),
    keepOut: (request) => ask('addin/conversation', request, KeptOut),
    explain: (request) => ask('addin/explain', request, Explanation),
    findContacts: async (q) => (await ask('addin/contacts/search', { q }, ContactPage)).contacts,
    createContact: (contact) => ask('addin/contacts', contact, Contact),
    addAddress: (more) => ask('addin/contacts/addresses', more, Contact),
    pin: (word) => ask('addin/pins', word, EmailMatches),
    writeNote: (note) => ask('addin/notes', note, Note),
    createTask: (task) => ask('addin/tasks', task, Task),
    changeTask: (change) => ask('addin/tasks/change', change, Task),
    setStage: (stage) => ask('addin/stage', stage, ContactStage),
    lookAtMeeting: (meeting) => ask('addin/meetings/look', meeting, MeetingLook),
    logMeeting: (meeting) => ask('addin/meetings/log', meeting, Meeting),
    compose: (draft) => ask('addin/compose', draft, Compose),
    choose: (choice) => ask('addin/compose/choice', choice, Choice),
  }
}

async function tokenFor(tokens: Tokens): Promise<string> {
  const token = await tokens.silent()
  if (token === null)
    throw new ApiError({ code: 'not-signed-in', detail: 'Your sign-in has ended. Sign in again.' })
  return token
}
