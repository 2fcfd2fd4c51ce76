import { z } from 'zod'
import { Email, Party } from '../email.ts'
import { ConversationId } from './keep-out.ts'
import { Look, LookContact } from './look.ts'

/** Of each kind, Outlook tells add-ins of no more (outlook-addin 2.8). */
const MOST_PARTIES = 1_000

/** A UUID, made by the pane. */
export const ChoiceId = z.uuid()

const Parties = z.array(Party).max(MOST_PARTIES)

/** `POST /api/v1/addin/compose`: everything the pane shows beside a message that is being written. */
export const ComposeRequest = z.strictObject({
  mailboxAddress: z.email(),
  to: Parties,
  cc: Parties,
  bcc: Parties,
  /** Of a reply; none: it begins one, or Outlook does not tell. */
  conversationId: ConversationId.optional(),
  categories: z.array(z.string().max(255)).max(100),
  /** Null: Outlook does not tell add-ins. */
  sensitivity: z.enum(['normal', 'personal', 'private', 'confidential']).nullable(),
  /** What the draft carries. */
  choiceId: ChoiceId.nullable(),
})
export type ComposeRequest = z.infer<typeof ComposeRequest>

const choice = {
  /** To be logged once it is sent, as if by hand. */
  log: z.boolean(),
  /** To be tracked: kept with the e-mail. */
  track: z.boolean(),
  /** The drop-box was copied in. */
  copied: z.boolean(),
}

/** `POST /api/v1/addin/compose/choice`: saves it whole; repeating it changes nothing. */
export const ChoiceRequest = z.strictObject({
  id: ChoiceId,
  mailboxAddress: z.email(),
  ...choice,
})
export type ChoiceRequest = z.infer<typeof ChoiceRequest>

export const Choice = z.object(choice)
export type Choice = z.infer<typeof Choice>

/** Why a message will not be logged when it is sent, in the words of the verdict. */
export const Forecast = z.object({
  reason: z.string(),
  sentence: z.string(),
  change: z.string(),
  /** "Log when sent" is stronger than this. */
  canLog: z.boolean(),
})
export type Forecast = z.infer<typeof Forecast>

export const Compose = z.object({
  mailbox: Look.shape.mailbox,
  /** Whether the folder that it goes to is watched; `unknown`: that could not be found out now. */
  sent: z.enum(['watched', 'not-watched', 'unknown']),
  /** The closest first. `last`: the newest e-mail with them that this person may see; of the first few. */
  contacts: z.array(LookContact.extend({ last: Email.nullable() })),
  strangers: z.array(Party),
  /** Null: nothing that is known by now keeps it out. */
  forecast: Forecast.nullable(),
  /** Null: nothing was chosen yet. */
  choice: Choice.nullable(),
  /** To be copied by itself; null: the organization has not switched that on. */
  dropBox: z.string().nullable(),
})
export type Compose = z.infer<typeof Compose>
