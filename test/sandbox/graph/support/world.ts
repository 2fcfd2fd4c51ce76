import type {
  EventMessage,
  FileAttachment,
  ItemAttachment,
  MailFolder,
  Message,
} from '@microsoft/microsoft-graph-types'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import { Random } from '../../../../sandbox/random.ts'
import { deltaRoutes } from '../../../../sandbox/graph/delta/routes.ts'
import { SyncStates } from '../../../../sandbox/graph/delta/sync-states.ts'
import { GraphFault } from '../../../../sandbox/graph/errors.ts'
import { segmentsOf, withoutMe } from '../../../../sandbox/graph/http/path.ts'
import { RouteTable } from '../../../../sandbox/graph/http/route-table.ts'
import type { Caller, GraphResponse } from '../../../../sandbox/graph/http/route.ts'
import { defaultMailKnobs, type MailKnobs } from '../../../../sandbox/graph/mail/knobs.ts'
import { mailRoutes } from '../../../../sandbox/graph/mail/routes.ts'
import type { MailChange } from '../../../../sandbox/graph/store/change.ts'
import { Mailboxes } from '../../../../sandbox/graph/store/mailboxes.ts'

export const ORIGIN = 'http://localhost:3001'
export const ADA = 'ada-oid'
export const BOB = 'bob-oid'

/** One thing in a list, or the answer itself. */
export type Line = Omit<Message, 'attachments'> &
  Pick<EventMessage, 'meetingMessageType'> &
  Omit<MailFolder, 'messages'> &
  Omit<FileAttachment, 'id' | 'contentType'> &
  Omit<ItemAttachment, 'id' | 'item' | 'contentType'> & {
    contentType?: string
    attachments?: Line[]
    item?: Line
    '@odata.type'?: string
    '@odata.etag'?: string
    '@removed'?: { reason: string }
    sourceId?: string
    targetId?: string
  }

export type Body = Line & {
  value: Line[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
  '@odata.count'?: number
  error: { code: string; message: string }
  uploadUrl: string
  nextExpectedRanges?: string[]
  NextExpectedRanges?: string[]
  mail?: string
  userPrincipalName?: string
  timeZone?: string
}

export type Reply = { status: number; headers: Record<string, string>; body: Body; text: string }

export type Ask = { headers?: Record<string, string>; body?: unknown; caller?: Partial<Caller> }

/** Two mailboxes, every permission, and a caller that reaches the routes as HTTP would. */
export function startWorld(knobChanges: Partial<MailKnobs> = {}) {
  const clock = new VirtualClock()
  const knobs = { ...defaultMailKnobs(), ...knobChanges }
  const random = new Random(7)
  const mailboxes = new Mailboxes({ clock, random, knobs })
  const states = new SyncStates(random, () => knobs.deltaGenerations)
  mailboxes.addMailbox({
    userId: ADA,
    address: 'ada@flow.test',
    displayName: 'Ada',
    aliases: ['countess@flow.test'],
  })
  mailboxes.addMailbox({ userId: BOB, address: 'bob@flow.test', displayName: 'Bob' })
  const changes: MailChange[] = []
  mailboxes.onChange((change) => changes.push(change))
  const routes = [...mailRoutes(mailboxes), ...deltaRoutes({ mailboxes, states })]
  const table = new RouteTable(routes)
  const call = async (method: string, url: string, ask: Ask = {}) =>
    dispatch(table, method, url, ask)
  return {
    clock,
    knobs,
    mailboxes,
    states,
    changes,
    routes,
    call,
    get: (url: string, ask?: Ask) => call('GET', url, ask),
    post: (url: string, body?: unknown, ask: Ask = {}) => call('POST', url, { ...ask, body }),
    patch: (url: string, body: unknown, ask: Ask = {}) => call('PATCH', url, { ...ask, body }),
  }
}

export type World = ReturnType<typeof startWorld>

/** Ada with every permission, unless the ask says otherwise; an app of its own when it names an app and no user. */
const callerOf = ({ caller }: Ask): Caller => ({
  appId: 'app',
  tenantId: 'tenant',
  ...(caller?.appId === undefined ? { userId: ADA } : {}),
  permissions: EVERYTHING,
  ...caller,
})

const EVERYTHING = ['Mail.ReadWrite', 'Mail.Send', 'User.Read', 'MailboxSettings.Read']

async function dispatch(table: RouteTable, method: string, url: string, ask: Ask): Promise<Reply> {
  const { pathname, search } = new URL(url.startsWith('/') ? `${ORIGIN}/v1.0${url}` : url)
  const caller = callerOf(ask)
  const segments = withoutMe(segmentsOf(pathname.replace('/v1.0', '')), caller.userId)
  const found = table.find(method, segments)
  if (found === 'unknown' || found === 'wrong-method')
    throw new Error(`${found}: ${method} ${pathname}`)
  const isRaw = typeof ask.body === 'string' || ask.body instanceof Uint8Array
  const body = isRaw ? Buffer.from(ask.body as string) : Buffer.from(JSON.stringify(ask.body ?? ''))
  const headers = { ...(isRaw ? {} : { 'content-type': 'application/json' }), ...ask.headers }
  const query = new URLSearchParams(search)
  try {
    const request = { method, segments, query, headers, caller, origin: ORIGIN }
    return read(
      await found.route.handle(
        { ...request, body: ask.body === undefined ? new Uint8Array() : body },
        found.params,
      ),
    )
  } catch (error) {
    if (!(error instanceof GraphFault)) throw error
    const { status, code, message } = error
    return read({ status, headers: { ...error.headers }, body: { error: { code, message } } })
  }
}

const read = ({ status, headers = {}, body, bytes }: GraphResponse): Reply => ({
  status,
  headers,
  body: body as Body,
  text: bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : '',
})
