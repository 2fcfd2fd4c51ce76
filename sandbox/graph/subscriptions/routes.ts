import type { GraphRequest, GraphResponse, Route } from '../http/route.ts'
import type { SubscriptionKnobs } from '../knobs.ts'
import { readCreateBody, readPatchBody } from './subscription-body.ts'
import type { SubscriptionService } from './subscription-service.ts'
import { present, presentInList } from './subscription.ts'

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#subscriptions'

/** The operations of graph-contract 1.1. None lists permissions: who may do what depends on the subscription. */
export function subscriptionRoutes(
  service: SubscriptionService,
  knobs: Pick<SubscriptionKnobs, 'listPageSize'>,
): Route[] {
  return [
    {
      method: 'POST',
      pattern: 'subscriptions',
      permissions: [],
      handle: async (request) => {
        const idType = wantsImmutableIds(request) ? 'immutable' : 'default'
        const created = await service.create(request.caller, readCreateBody(request.body), idType)
        return {
          status: 201,
          body: { '@odata.context': `${CONTEXT}/$entity`, ...present(created) },
        }
      },
    },
    {
      method: 'GET',
      pattern: 'subscriptions',
      permissions: [],
      handle: (request) => listPage(request, service, knobs.listPageSize),
    },
    {
      method: 'GET',
      pattern: 'subscriptions/:id',
      permissions: [],
      handle: ({ caller }, { id = '' }) => entity(present(service.find(caller, id))),
    },
    {
      method: 'PATCH',
      pattern: 'subscriptions/:id',
      permissions: [],
      handle: async ({ caller, body }, { id = '' }) =>
        entity(present(await service.patch(caller, id, readPatchBody(body)))),
    },
    {
      method: 'POST',
      pattern: 'subscriptions/:id/reauthorize',
      permissions: [],
      handle: ({ caller }, { id = '' }) => {
        service.reauthorize(caller, id)
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      pattern: 'subscriptions/:id',
      permissions: [],
      handle: ({ caller }, { id = '' }) => {
        service.remove(caller, id)
        return { status: 204 }
      },
    },
  ]
}

const entity = (body: object): GraphResponse => ({
  status: 200,
  body: { '@odata.context': `${CONTEXT}/$entity`, ...body },
})

/** Pages by position; the list takes no OData options (graph-contract 1.1). */
function listPage(
  { caller, query, origin }: GraphRequest,
  service: SubscriptionService,
  pageSize: number,
): GraphResponse {
  const from = Number(query.get('$skiptoken') ?? 0)
  const all = service.list(caller)
  const next = from + pageSize
  return {
    status: 200,
    body: {
      '@odata.context': CONTEXT,
      ...(next < all.length
        ? { '@odata.nextLink': `${origin}/v1.0/subscriptions?$skiptoken=${next}` }
        : {}),
      value: all.slice(from, next).map(presentInList),
    },
  }
}

/** graph-contract 1.2 */
const wantsImmutableIds = ({ headers }: GraphRequest) =>
  /\bIdType\s*=\s*"?ImmutableId"?/i.test(headers.prefer ?? '')
