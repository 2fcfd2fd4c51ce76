import type { GraphRequest, GraphResponse, PathParams, Route } from '../http/route.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { PERMISSIONS } from './access.ts'
import {
  getAttachment,
  getAttachmentValue,
  listAttachments,
  postAttachment,
} from './attachment/attachments.ts'
import {
  createFolder,
  deleteFolder,
  getFolder,
  listFolders,
  moveFolder,
  renameFolder,
} from './folders.ts'
import { getMessage, getMime, messageList } from './message/message-read.ts'
import { createReply } from './message/message-reply.ts'
import { sendMail, sendMessage } from './message/message-send.ts'
import {
  copyMessage,
  createDraft,
  deleteMessage,
  moveMessage,
  patchMessage,
} from './message/message-write.ts'
import { Uploads } from './attachment/uploads.ts'
import { getMailboxSettings, getUser, translateIds } from './users.ts'

type Handler = (
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
) => GraphResponse | Promise<GraphResponse>

type Line = [
  method: Route['method'],
  pattern: string,
  permissions: readonly string[],
  handler: Handler,
]

const { read, readBasic, write, send, user, settings } = PERMISSIONS

/** A message may be reached through its folder or past it. */
const MESSAGES = ['users/:user/messages', 'users/:user/mailFolders/:folder/messages']

const MESSAGE_LINES: readonly Line[] = [
  ['GET', '', readBasic, messageList],
  ['POST', '', write, createDraft],
  ['GET', '/:message', readBasic, getMessage],
  ['PATCH', '/:message', write, patchMessage],
  ['DELETE', '/:message', write, deleteMessage],
  ['GET', '/:message/$value', read, getMime],
  ['POST', '/:message/move', write, moveMessage],
  ['POST', '/:message/copy', write, copyMessage],
  ['POST', '/:message/send', send, sendMessage],
  ['POST', '/:message/createReply', write, createReply('reply')],
  ['POST', '/:message/createReplyAll', write, createReply('replyAll')],
  ['POST', '/:message/createForward', write, createReply('forward')],
  ['GET', '/:message/attachments', read, listAttachments],
  ['POST', '/:message/attachments', write, postAttachment],
  ['GET', '/:message/attachments/:attachment', read, getAttachment],
  ['GET', '/:message/attachments/:attachment/$value', read, getAttachmentValue],
]

const FOLDER = 'users/:user/mailFolders'

const LINES: readonly Line[] = [
  ...MESSAGES.flatMap((base) =>
    MESSAGE_LINES.map(([method, tail, ...rest]): Line => [method, `${base}${tail}`, ...rest]),
  ),
  ['GET', FOLDER, readBasic, listFolders],
  ['POST', FOLDER, write, createFolder],
  ['GET', `${FOLDER}/:folder`, readBasic, getFolder],
  ['PATCH', `${FOLDER}/:folder`, write, renameFolder],
  ['DELETE', `${FOLDER}/:folder`, write, deleteFolder],
  ['POST', `${FOLDER}/:folder/move`, write, moveFolder],
  ['GET', `${FOLDER}/:folder/childFolders`, readBasic, listFolders],
  ['POST', `${FOLDER}/:folder/childFolders`, write, createFolder],
  ['GET', 'users/:user', user, getUser],
  ['POST', 'users/:user/sendMail', send, sendMail],
  ['GET', 'users/:user/mailboxSettings', settings, getMailboxSettings],
  ['POST', 'users/:user/translateExchangeIds', user, translateIds],
]

/** Every mail operation but delta (graph-contract 3.4, 4, 5). */
export function mailRoutes(mailboxes: Mailboxes): Route[] {
  const uploads = new Uploads(mailboxes)
  return [
    ...LINES.map(([method, pattern, permissions, handler]): Route => ({
      method,
      pattern,
      permissions,
      handle: (request, params) => handler(mailboxes, request, params),
    })),
    ...MESSAGES.map((base): Route => ({
      method: 'POST',
      pattern: `${base}/:message/attachments/createUploadSession`,
      permissions: write,
      handle: (request, params) => uploads.create(request, params),
    })),
    {
      method: 'PUT',
      pattern: 'uploadSessions/:session',
      permissions: [],
      anonymous: true,
      handle: (request, params) => uploads.put(request, params),
    },
  ]
}
