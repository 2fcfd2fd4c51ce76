import type { MailFolder } from '@microsoft/microsoft-graph-types'
import type { GraphRequest, GraphResponse, PathParams } from '../http/route.ts'
import { mailboxFor } from '../mail/access.ts'
import { folderJson } from '../mail/folder-json.ts'
import { FOLDER_PROPERTIES, parseSelect } from '../mail/odata/select.ts'
import { preferencesOf } from '../mail/preferences.ts'
import type { LogEntry } from '../store/folder/change-log.ts'
import { encodeId } from '../store/ids.ts'
import type { Folder } from '../store/item.ts'
import type { Mailbox } from '../store/mailbox.ts'
import { keyed } from './links.ts'
import type { DeltaDeps } from './messages.ts'
import { parseFolderQuery, type DeltaQuery } from './query.ts'
import { nextLink, roundOf, type Place } from './rounds.ts'
import type { Cursor } from './token.ts'

/** The name under which `killDeltaTokens` knows this delta. */
export const FOLDER_PLACE = 'mailFolders'

type FolderLine = MailFolder & { '@odata.type': string; '@removed'?: { reason: 'deleted' } }

/**
 * Folders that were added, changed or deleted, the whole tree at once; what happens to the mail in them is not told
 * (graph-contract 3.4, 9 #25).
 */
export function folderDelta(
  { mailboxes, states }: DeltaDeps,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const { userId, changeNumber } = mailbox
  const place: Place = {
    userId,
    id: FOLDER_PLACE,
    path: `${keyed('users', userId)}/mailFolders`,
    changeNumber,
  }
  const { knobs } = mailboxes
  const round = roundOf(request, place, { states, knobs, parse: parseFolderQuery })
  const prefer = preferencesOf(request)
  const size = Math.min(prefer.maxPageSize ?? knobs.defaultPageSize, knobs.maxDeltaPageSize)
  const { lines, cursor, complete } = walk(mailbox, {
    query: round.query,
    cursor: round.cursor,
    size,
  })
  return {
    status: 200,
    headers: prefer.applied,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#Collection(mailFolder)`,
      ...nextLink(request, place, states, { round, cursor, complete }),
      value: lines,
    },
  }
}

type Walk = { query: DeltaQuery; cursor: Cursor; size: number }

function walk(mailbox: Mailbox, { query, cursor, size }: Walk) {
  const lines: FolderLine[] = []
  let { after } = cursor
  for (const entry of mailbox.folders.log.after(after)) {
    if (lines.length === size) return { lines, cursor: { ...cursor, after }, complete: false }
    if (isShown(query, cursor, entry)) lines.push(lineOf(mailbox, query, entry))
    after = entry.seq
  }
  return { lines, cursor: { ...cursor, base: after, after, isInitial: false }, complete: true }
}

function isShown(
  { hidden }: DeltaQuery,
  { base, isInitial }: Cursor,
  entry: LogEntry<Folder>,
): boolean {
  if ('gone' in entry) return !isInitial || entry.seq > base
  const { parent, isHidden } = entry.subject
  return parent !== null && (!isHidden || hidden === true)
}

function lineOf({ tag }: Mailbox, { select }: DeltaQuery, entry: LogEntry<Folder>): FolderLine {
  const type = { '@odata.type': '#microsoft.graph.mailFolder' }
  if ('gone' in entry) {
    const id = encodeId({ kind: 'folder', tag, serial: entry.gone.default })
    return { ...type, id, '@removed': { reason: 'deleted' } }
  }
  return { ...type, ...folderJson(entry.subject, parseSelect(select ?? null, FOLDER_PROPERTIES)) }
}
