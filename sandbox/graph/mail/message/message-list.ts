import type { GraphRequest, GraphResponse } from '../../http/route.ts'
import type { FolderItems } from '../../store/folder/folder-items.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { seesBasicsOnly } from '../access.ts'
import { messageJson, type MessageLook } from './message-json.ts'
import { compileFilter, type Predicate } from '../odata/filter-match.ts'
import { parseFilter } from '../odata/filter-parse.ts'
import { parseExpand } from '../odata/expand.ts'
import { checkEfficiency, comparator, parseOrderBy, type Order } from '../odata/order.ts'
import { allowOptions, nextPage, parsePaging } from '../odata/paging.ts'
import { MESSAGE_PROPERTIES, parseSelect } from '../odata/select.ts'
import { preferencesOf } from '../preferences.ts'

const OPTIONS = ['$select', '$expand', '$filter', '$orderby', '$top', '$skip', '$count']

/** How the caller of this request wants to see messages. */
export function lookOf(request: GraphRequest): MessageLook {
  const { idType, bodyType } = preferencesOf(request)
  const select = parseSelect(request.query.get('$select'), MESSAGE_PROPERTIES)
  const expand = parseExpand(request.query.get('$expand'))
  return {
    idType,
    bodyType,
    expand,
    basicsOnly: seesBasicsOnly(request),
    ...(select ? { select } : {}),
  }
}

/** One page of messages, newest first unless another order is asked for. */
export async function listMessages(
  mailboxes: Mailboxes,
  request: GraphRequest,
  { mailbox, items }: { mailbox: Mailbox; items: FolderItems<Item> },
): Promise<GraphResponse> {
  const { query, origin } = request
  allowOptions(query, OPTIONS)
  const prefer = preferencesOf(request)
  const look = lookOf(request)
  const { top, skip, count } = parsePaging(
    query,
    prefer.maxPageSize ?? mailboxes.knobs.defaultPageSize,
  )
  const filterText = query.get('$filter')
  const filter = filterText === null ? undefined : parseFilter(filterText)
  const orders = parseOrderBy(query.get('$orderby'))
  checkEfficiency(filter, orders)
  const wanted = {
    orders,
    limit: count ? Infinity : skip + top + 1,
    ...(filter ? { predicate: compileFilter(filter, mailbox) } : {}),
  }
  const found = await findItems(mailboxes, { mailbox, items }, wanted)
  const page = found.slice(skip, skip + top)
  const value = await Promise.all(page.map((item) => messageJson(mailboxes, mailbox, item, look)))
  return {
    status: 200,
    headers: prefer.applied,
    body: {
      '@odata.context': `${origin}/v1.0/$metadata#users('${mailbox.userId}')/messages`,
      ...(count ? { '@odata.count': found.length } : {}),
      ...(found.length > skip + top ? { '@odata.nextLink': nextPage(request, skip + top) } : {}),
      value,
    },
  }
}

type Wanted = { predicate?: Predicate; orders: readonly Order[]; limit: number }

/** The first `limit` items that match. Items in their own order are walked only as far as needed. */
async function findItems(
  { reader }: Mailboxes,
  { mailbox, items }: { mailbox: Mailbox; items: FolderItems<Item> },
  { predicate, orders, limit }: Wanted,
): Promise<Item[]> {
  const ownOrder = orders.length === 0 || (orders.length === 1 && isNewestFirst(orders[0]))
  const found: Item[] = []
  for (const item of items.newestFirst()) {
    if (ownOrder && found.length === limit) break
    if (predicate?.inside && !item.glimpse) await reader.read(item)
    if (!predicate || predicate.test(item)) found.push(item)
  }
  return ownOrder ? found : found.sort(comparator(orders, mailbox))
}

const isNewestFirst = (order: Order | undefined) =>
  order?.path === 'receiveddatetime' && order.descending
