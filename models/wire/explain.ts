import { z } from 'zod'

/** A day on either side: who knows less than that will not know the message either. */
const MAX_WITHIN_MINUTES = 24 * 60

const ById = z.strictObject({ messageId: z.string().min(1).max(1024) })
const ByEmail = z.strictObject({ emailId: z.string().min(1).max(64) })
const ByMessageId = z.strictObject({ internetMessageId: z.string().min(3).max(998) })
const BySender = z.strictObject({
  from: z.email().max(320),
  around: z.iso.datetime({ offset: true }),
  withinMinutes: z.int().min(1).max(MAX_WITHIN_MINUTES).default(60),
})
/** The same question for those who read schemas; `ExplainQuestion` says better what is wrong with one. */
export const ExplainQuestionShape = z.union([ById, ByEmail, ByMessageId, BySender])
export type ExplainQuestion = z.infer<typeof ExplainQuestionShape>

const WANTED =
  'Give messageId; or emailId; or internetMessageId; or from (an address) and around (a time such as 2026-11-20T09:00:00Z).'

/** The kind of question that is meant, so that what is wrong can be told of a field. */
function kindOf(given: unknown) {
  const has = (field: string) =>
    typeof given === 'object' && given !== null && Object.hasOwn(given, field)
  if (has('messageId')) return ById
  if (has('emailId')) return ByEmail
  if (has('internetMessageId')) return ByMessageId
  return has('from') || has('around') || has('withinMinutes') ? BySender : null
}

/**
 * Which message: by the provider's immutable id, as an e-mail of the CRM, by its Message-ID, or by its sender and about
 * when it was received.
 * Questions are posted, never put in an address: what people write there ends up in logs.
 */
export const ExplainQuestion = z.unknown().transform((given, ctx): ExplainQuestion => {
  const read = kindOf(given)?.safeParse(given)
  if (read?.success) return read.data
  for (const { code, path, message, ...issue } of read?.error.issues ?? []) {
    const unknown = code === 'unrecognized_keys' && 'keys' in issue ? issue.keys : []
    ctx.addIssue({ code: 'custom', path: [...path, ...unknown.slice(0, 1)], message })
  }
  if (!read) ctx.addIssue({ code: 'custom', message: WANTED })
  return z.NEVER
})

const Folder = z.object({ name: z.string(), watched: z.boolean() })

/** One line of a message's story. */
export const StoryLine = z.object({ at: z.iso.datetime(), sentence: z.string() })
export type StoryLine = z.infer<typeof StoryLine>

/** What the ledger says of one message. */
export const AccountStory = z.object({
  messageId: z.string(),
  state: z.enum(['pending', 'stored', 'excluded', 'failed', 'gone']),
  /** The reason's code, and where it is explained at length. */
  reason: z.string(),
  help: z.string(),
  sentence: z.string(),
  /** What would change it. */
  change: z.string(),
  who: z.enum(['nobody', 'member', 'admin', 'operator', 'microsoft']),
  /** Whether it is tried again by itself, and when at the earliest; null: with the next comparison, or not at all. */
  retries: z.boolean(),
  retryAt: z.iso.datetime().nullable(),
  /** Tries that failed since the last success. */
  attempts: z.int(),
  /** The rules' version by which it was decided. */
  ruleVersion: z.int(),
  /** Where it lies, or lay when it was last seen in a watched folder. */
  folder: Folder.nullable(),
  receivedAt: z.iso.datetime().nullable(),
  seenAt: z.iso.datetime(),
  decidedAt: z.iso.datetime(),
  /** From the server's receipt to our store, split. */
  delay: z.object({ providerMs: z.number(), oursMs: z.number(), sentence: z.string() }).nullable(),
  history: z.array(StoryLine),
  /** The e-mail it is, when it is stored and whoever asks may see it. */
  emailId: z.string().nullable(),
  /** Its subject, where whoever asks may see that: the ledger itself knows none. */
  subject: z.string().nullable(),
})
export type AccountStory = z.infer<typeof AccountStory>

/** A message the mailbox has and the ledger does not (or no longer) have as present. */
export const FoundStory = z.object({
  messageId: z.string(),
  folder: Folder.nullable(),
  receivedAt: z.iso.datetime().nullable(),
  sentence: z.string(),
  change: z.string(),
})
export type FoundStory = z.infer<typeof FoundStory>

export const explainAnswers = [
  'accounted',
  'on-its-way',
  'not-watched',
  'not-in-mailbox',
  'not-asked',
] as const

/** `POST /api/v1/mailboxes/{id}/explain`: why this message is here, or is not. */
export const Explanation = z.object({
  at: z.iso.datetime(),
  /**
   * `accounted`: the ledger has it. `on-its-way`: it lies in a watched folder, which has been rung. `not-watched`: it
   * lies elsewhere. `not-in-mailbox`: the provider has no such message. `not-asked`: the provider could not be asked.
   */
  answer: z.enum(explainAnswers),
  /** The whole answer in a sentence or two. */
  summary: z.string(),
  /** Why the mailbox cannot be asked now, and what to do. */
  trouble: z
    .object({
      sentence: z.string(),
      todo: z.string().nullable(),
      /** The reason that a message of the mailbox waits for now, where the catalogue has one. */
      reason: z.enum(['throttled-by-graph', 'reconnect-needed']).optional(),
    })
    .nullable(),
  /** Every match in the ledger, newest first. */
  accounts: z.array(AccountStory),
  /** Every match in the mailbox that no account speaks for. */
  found: z.array(FoundStory),
  /** There are more matches than are listed: narrow the question. */
  more: z.boolean(),
})
export type Explanation = z.infer<typeof Explanation>

/** `POST /api/v1/emails/{id}/explain`: the same of an e-mail, in each mailbox that has it and that this person may ask. */
export const EmailExplanation = z.object({
  /** Their own mailboxes first. */
  stories: z.array(
    z.object({
      mailbox: z.object({ id: z.string(), address: z.string() }),
      explanation: Explanation,
    }),
  ),
  /** More mailboxes have it than are asked at once: ask one by its name. */
  more: z.boolean(),
})
export type EmailExplanation = z.infer<typeof EmailExplanation>
