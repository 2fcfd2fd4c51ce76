import { z } from 'zod'
import { Contact } from './contact.ts'

const id = z.string().min(1).max(64)

/** Somebody this person has mail with, and whom no contact has. */
export const Suggestion = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string(),
  /** How many of their e-mails name this address. */
  emails: z.int(),
  /** Of the latest mail with them. */
  lastAt: z.iso.datetime(),
})
export type Suggestion = z.infer<typeof Suggestion>

/** `GET /api/v1/suggestions?limit=&cursor=`, the latest mail first. */
export const SuggestionPage = z.object({
  suggestions: z.array(Suggestion),
  nextCursor: z.string().nullable(),
})
export type SuggestionPage = z.infer<typeof SuggestionPage>

/** `POST /api/v1/suggestions/:id/accept`: the contact it becomes, under another name if one is given. */
export const AcceptSuggestion = z.strictObject({ name: z.string().trim().max(200).optional() })
export type AcceptSuggestion = z.infer<typeof AcceptSuggestion>

export const DuplicateReason = z.enum([
  'same-mailbox',
  'same-name-and-company',
  'same-name-and-similar-domain',
])

/** `GET /api/v1/duplicates`: pairs that split one person's history, as far as one can see. */
export const DuplicateList = z.object({
  duplicates: z.array(
    z.object({
      reason: DuplicateReason,
      sentence: z.string(),
      /** The older one first: it would be kept. */
      contacts: z.tuple([Contact, Contact]),
    }),
  ),
})
export type DuplicateList = z.infer<typeof DuplicateList>

/** `POST /api/v1/merges/preview` and `POST /api/v1/merges`. */
export const MergeRequest = z
  .strictObject({
    keptId: id,
    absorbedId: id,
    /** As the preview said: when either was changed since, nothing happens. */
    keptVersion: z.int().min(1).optional(),
    absorbedVersion: z.int().min(1).optional(),
  })
  .refine(({ keptId, absorbedId }) => keptId !== absorbedId, {
    path: ['absorbedId'],
    message: 'a contact cannot be merged into itself',
  })
export type MergeRequest = z.infer<typeof MergeRequest>

export const MergePreview = z.object({
  /** What the kept contact would be. */
  becomes: Contact,
  keptVersion: z.int(),
  absorbedVersion: z.int(),
  /** How many e-mails come to it, beside those it has. */
  emailsMoving: z.int(),
})
export type MergePreview = z.infer<typeof MergePreview>

export const Merge = z.object({
  id: z.string(),
  keptId: z.string(),
  absorbedId: z.string(),
  state: z.enum(['doing', 'done', 'undoing', 'undone', 'given-up']),
  at: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
})
export type Merge = z.infer<typeof Merge>

/** `GET /api/v1/merges?limit=&cursor=`, the latest first. */
export const MergePage = z.object({ merges: z.array(Merge), nextCursor: z.string().nullable() })
export type MergePage = z.infer<typeof MergePage>

/** `PUT /api/v1/pins`: this e-mail and its thread belong to this contact, or do not. */
export const PinRequest = z.strictObject({ emailId: id, contactId: id, belongs: z.boolean() })
export type PinRequest = z.infer<typeof PinRequest>

/** `DELETE /api/v1/pins?email=&contact=` takes it back. The answer of both is whom the e-mail belongs to then. */
export const EmailMatches = z.object({
  emailId: z.string(),
  matches: z.array(
    z.object({
      contactId: z.string(),
      name: z.string(),
      reasons: z.array(
        z.object({
          by: z.enum(['address', 'plus-tag', 'alias-domain', 'relay', 'pinned']),
          role: z.enum(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc']).nullable(),
          address: z.string().nullable(),
          sentence: z.string(),
        }),
      ),
    }),
  ),
})
export type EmailMatches = z.infer<typeof EmailMatches>
