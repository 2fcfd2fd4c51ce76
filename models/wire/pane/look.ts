import { z } from 'zod'
import { Contact } from '../contacts/contact.ts'
import { EmailMatches } from '../contacts/upkeep.ts'
import { Email, Party, Sighting } from '../email.ts'
import { ContactStage, Note, PipelineStage, Task } from '../contacts/follow-up.ts'
import { MessageKey } from '../log-email.ts'
import { ConversationId } from './keep-out.ts'

/** Of each kind, Outlook tells add-ins of no more (outlook-addin 2.8). */
const MOST_PARTIES = 1_000

const NAMED = { message: 'Give internetMessageId or itemId.' }

/** `POST /api/v1/addin/look`: everything the pane shows of the open message, by what Outlook knows of it. */
export const LookRequest = z
  .strictObject({
    ...MessageKey,
    from: Party.nullable(),
    to: z.array(Party).max(MOST_PARTIES),
    cc: z.array(Party).max(MOST_PARTIES),
    conversationId: ConversationId.optional(),
  })
  .refine((key) => key.internetMessageId ?? key.itemId, NAMED)
export type LookRequest = z.infer<typeof LookRequest>

/**
 * What became of the message. Stored: an e-mail of this person. Else by the ledger of their mailbox, with its reason;
 * `gone` is what has left the watched folders. Not logged: nobody has an account of it.
 */
export const MessageState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('not-logged') }),
  z.object({
    state: z.literal('stored'),
    emailId: z.string(),
    since: z.iso.datetime(),
    sightings: z.array(Sighting),
  }),
  z.object({
    state: z.enum(['pending', 'excluded', 'failed', 'gone']),
    since: z.iso.datetime(),
    reason: z.string(),
    sentence: z.string(),
    /** What would change it. */
    change: z.string(),
    /** When it is tried again by itself, at the earliest; null: not at all, or not at a known time. */
    retryAt: z.iso.datetime().nullable(),
    /** Whether logging it by hand is stronger than the reason. */
    canLog: z.boolean(),
  }),
])
export type MessageState = z.infer<typeof MessageState>

const { matches } = EmailMatches.shape

/** A contact that the message belongs to, or would; with every reason. */
export const LookContact = z.object({ contact: Contact, reasons: matches.element.shape.reasons })
export type LookContact = z.infer<typeof LookContact>

/** The newest of a list, and how many there are. */
const newest = { emails: z.array(Email), total: z.int() }

/** What is to be done for contacts, and where they stand. */
export const LookFollowUps = z.object({
  /** Open ones, the newest first. */
  tasks: z.array(Task),
  /** About the e-mail or its contacts, the newest first; a few. */
  notes: z.array(Note),
  /** Of each contact. */
  stages: z.array(ContactStage),
  /** The stages that there are, in their order. */
  pipeline: z.array(PipelineStage),
})
export type LookFollowUps = z.infer<typeof LookFollowUps>

export const Look = z.object({
  message: MessageState,
  /** Of the mailbox that the message is open in: `connected` means that its mail is logged by itself. */
  mailbox: z.enum(['connected', 'paused', 'needs-attention', 'not-connected']),
  /** This person keeps its conversation out; null: not known, as Outlook did not tell which that is. */
  keptOut: z.boolean().nullable(),
  /** The closest first: pinned ones, then by who wrote, who is written to, who is copied. */
  contacts: z.array(LookContact),
  /** People in it whom no contact has; without colleagues and machines. */
  strangers: z.array(Party),
  /** E-mails with the first of the contacts beside the conversation, as far as this person may see them. */
  recent: z.object({ contactId: z.string(), ...newest }).nullable(),
  /** The conversation, as far as this person may see it. */
  thread: z.object({ id: z.string(), ...newest }).nullable(),
  /** Of the contacts above. */
  followUps: LookFollowUps,
})
export type Look = z.infer<typeof Look>

/** `POST /api/v1/addin/contacts/search`: posted, as what people look for must not end up in logs. */
export const ContactSearch = z.strictObject({ q: z.string().trim().min(1).max(320) })
export type ContactSearch = z.infer<typeof ContactSearch>

/** `POST /api/v1/addin/contacts/addresses`: one more address of theirs; what they have stays. */
export const AddAddress = z.strictObject({
  contactId: z.string().min(1).max(64),
  address: z.string().trim().min(1).max(640),
})
export type AddAddress = z.infer<typeof AddAddress>
