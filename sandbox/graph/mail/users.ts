import type { ConvertIdResult, MailboxSettings, User } from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import { accessDenied, resourceNotFound } from '../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../http/route.ts'
import { parseId } from '../store/ids.ts'
import type { IdType } from '../store/mail-store.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { itemId } from '../store/message-view.ts'
import { mailboxFor } from './access.ts'
import { requestBodyOf } from './request-body.ts'
import { MAX_TRANSLATED_IDS } from './limits.ts'

/** The person behind a mailbox, as `User.Read` shows them. */
export function getUser(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const mailbox = mailboxes.lookUp(params.user ?? '')
  if (!mailbox) throw resourceNotFound()
  const { userId: id, displayName, address } = mailbox.info
  const user: User = { id, displayName, mail: address, userPrincipalName: address }
  return {
    status: 200,
    body: { '@odata.context': `${request.origin}/v1.0/$metadata#users/$entity`, ...user },
  }
}

export function getMailboxSettings(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const mailbox = ownMailbox(mailboxes, request, params)
  const settings: MailboxSettings = {
    timeZone: 'UTC',
    language: { locale: 'en-US', displayName: 'English (United States)' },
    archiveFolder: mailbox.folders.wellKnown('archive').id,
    userPurpose: 'user',
    automaticRepliesSetting: { status: 'disabled' },
  }
  return { status: 200, body: settings }
}

const TYPES: Record<'restId' | 'restImmutableEntryId', IdType> = {
  restId: 'default',
  restImmutableEntryId: 'immutable',
}

const translation = z.object({
  inputIds: z.array(z.string()).max(MAX_TRANSLATED_IDS),
  sourceIdType: z.enum(['restId', 'restImmutableEntryId']),
  targetIdType: z.enum(['restId', 'restImmutableEntryId']),
})

/** One form of id into the other, for messages of one mailbox (graph-contract 4.2). The MAPI forms are not known here: 400. */
export function translateIds(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const mailbox = ownMailbox(mailboxes, request, params)
  const { inputIds, sourceIdType, targetIdType } = requestBodyOf(request, translation)
  const value = inputIds.map((sourceId): ConvertIdResult => {
    const item =
      parseId(sourceId)?.kind === TYPES[sourceIdType] ? mailbox.findItem(sourceId) : undefined
    if (item) return { sourceId, targetId: itemId(mailbox.tag, item, TYPES[targetIdType]) }
    return {
      sourceId,
      errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' },
    }
  })
  const context = `${request.origin}/v1.0/$metadata#Collection(microsoft.graph.convertIdResult)`
  return { status: 200, body: { '@odata.context': context, value } }
}

/** What belongs to the person and not to the mail is never shared. */
function ownMailbox(mailboxes: Mailboxes, request: GraphRequest, params: PathParams): Mailbox {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const { userId } = request.caller
  if (userId !== undefined && userId !== mailbox.userId) throw accessDenied()
  return mailbox
}
