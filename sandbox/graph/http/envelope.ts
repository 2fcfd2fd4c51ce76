import type { GraphFault } from '../errors.ts'
import type { GraphResponse } from './route.ts'

/** The ids that every reply carries (graph-contract 6.2). */
export type ReplyIds = { requestId: string; clientRequestId: string; at: Date }

/** The error body of graph-contract 6.2; the wire says `innerError`, whatever the docs say. */
export function errorReply(
  fault: GraphFault,
  { requestId, clientRequestId, at }: ReplyIds,
): GraphResponse {
  const innerError = {
    ...(fault.code === 'TooManyRequests'
      ? { code: '429', message: 'Please retry after', status: '429' }
      : {}),
    date: at.toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId,
  }
  return {
    status: fault.status,
    headers: { ...fault.headers },
    body: { error: { code: fault.code, message: fault.message, innerError } },
  }
}

/** The reply with what Graph puts on each one (graph-contract 6.2). */
export function withGraphHeaders(reply: GraphResponse, ids: ReplyIds): GraphResponse {
  const isJson = reply.body !== undefined
  return {
    ...reply,
    headers: {
      ...(isJson ? { 'content-type': JSON_TYPE } : {}),
      'cache-control': 'private',
      'strict-transport-security': 'max-age=31536000',
      'request-id': ids.requestId,
      'client-request-id': ids.clientRequestId,
      'x-ms-ags-diagnostic': DIAGNOSTIC,
      date: ids.at.toUTCString(),
      ...reply.headers,
    },
  }
}

const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'

const DIAGNOSTIC = JSON.stringify({
  ServerInfo: {
    DataCenter: 'Sandbox',
    Slice: 'E',
    Ring: '1',
    ScaleUnit: '001',
    RoleInstance: 'TWIN01',
  },
})
