import { z } from 'zod'
import { GraphFault, accessDenied, badRequest } from '../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../http/route.ts'
import type { Folder } from '../store/item.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { withDescendants } from '../store/message-view.ts'
import { folderFor, mailboxFor } from './access.ts'
import { requestBodyOf } from './request-body.ts'
import { folderJson } from './folder-json.ts'
import { parseFilter } from './odata/filter-parse.ts'
import { allowOptions, nextPage, parsePaging } from './odata/paging.ts'
import { FOLDER_PROPERTIES, parseSelect } from './odata/select.ts'
import { preferencesOf } from './preferences.ts'

const OPTIONS = ['$select', '$filter', '$top', '$skip', '$count', 'includeHiddenFolders']

/** Where a path leads; without a folder in it, the folder at the root of all mail. */
function folderAt(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): { mailbox: Mailbox; folder: Folder } {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  return { mailbox, folder: folderFor(mailbox, params.folder ?? 'msgfolderroot') }
}

/** The folders directly below; hidden ones only on request (graph-contract 3.4). */
export function listFolders(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { query, origin } = request
  allowOptions(query, OPTIONS)
  const { mailbox, folder } = folderAt(mailboxes, request, params)
  const prefer = preferencesOf(request)
  const { top, skip, count } = parsePaging(
    query,
    prefer.maxPageSize ?? mailboxes.knobs.defaultPageSize,
  )
  const withHidden = query.get('includeHiddenFolders')?.toLowerCase() === 'true'
  const isNamed = nameTest(query.get('$filter'))
  const found = [...folder.children].filter(
    (child) => (withHidden || !child.isHidden) && isNamed(child),
  )
  const select = parseSelect(query.get('$select'), FOLDER_PROPERTIES)
  return {
    status: 200,
    headers: prefer.applied,
    body: {
      '@odata.context': `${origin}/v1.0/$metadata#users('${mailbox.userId}')/mailFolders`,
      ...(count ? { '@odata.count': found.length } : {}),
      ...(found.length > skip + top ? { '@odata.nextLink': nextPage(request, skip + top) } : {}),
      value: found.slice(skip, skip + top).map((child) => folderJson(child, select)),
    },
  }
}

/** Folders are filtered by their name alone here; anything else is refused. */
function nameTest(text: string | null): (folder: Folder) => boolean {
  if (text === null) return () => true
  const filter = parseFilter(text)
  if (filter.kind !== 'compare' || filter.path !== 'displayname' || filter.operator !== 'eq') {
    throw badRequest('Folders are filtered by displayName eq alone.', 'ErrorInvalidUrlQueryFilter')
  }
  const wanted = filter.value.text.toLowerCase()
  return ({ displayName }) => displayName.toLowerCase() === wanted
}

export function getFolder(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  allowOptions(request.query, ['$select'])
  return reply(request, folderAt(mailboxes, request, params).folder, 200)
}

const newFolder = z.object({ displayName: z.string().min(1), isHidden: z.boolean().default(false) })

export function createFolder(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { mailbox, folder } = folderAt(mailboxes, request, params)
  const input = requestBodyOf(request, newFolder)
  checkName(folder, input.displayName)
  return reply(request, mailbox.folders.add({ ...input, parent: folder }), 201)
}

const folderPatch = z.object({ displayName: z.string().min(1) })

export function renameFolder(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { mailbox, folder } = changeable(folderAt(mailboxes, request, params))
  const { displayName } = requestBodyOf(request, folderPatch)
  if (folder.parent) checkName(folder.parent, displayName, folder)
  mailbox.folders.rename(folder, displayName)
  return reply(request, folder, 200)
}

const destination = z.object({ destinationId: z.string() })

export function moveFolder(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { mailbox, folder } = changeable(folderAt(mailboxes, request, params))
  const parent = folderFor(mailbox, requestBodyOf(request, destination).destinationId)
  if ([...withDescendants(folder)].includes(parent))
    throw badRequest('A folder cannot go below itself.')
  checkName(parent, folder.displayName, folder)
  mailbox.folders.move(folder, parent)
  return reply(request, folder, 201)
}

/** The folder and the mail in it, for good. */
export function deleteFolder(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { mailbox, folder } = changeable(folderAt(mailboxes, request, params))
  mailbox.eraseFolder(folder)
  return { status: 204 }
}

function reply(request: GraphRequest, folder: Folder, status: 200 | 201): GraphResponse {
  const select = parseSelect(request.query.get('$select'), FOLDER_PROPERTIES)
  const context = `${request.origin}/v1.0/$metadata#mailFolders/$entity`
  return { status, body: { '@odata.context': context, ...folderJson(folder, select) } }
}

/** Well-known folders stay what and where they are. */
function changeable(at: { mailbox: Mailbox; folder: Folder }) {
  if (at.folder.wellKnownName) throw accessDenied()
  return at
}

function checkName(parent: Folder, displayName: string, self?: Folder): void {
  const isTaken = [...parent.children].some(
    (child) => child !== self && child.displayName.toLowerCase() === displayName.toLowerCase(),
  )
  if (isTaken)
    throw new GraphFault(
      409,
      'ErrorFolderExists',
      'A folder with the specified name already exists.',
    )
}
