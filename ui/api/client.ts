import type { ZodType } from 'zod'
import { errorOfReply, noAnswer, unreadable } from './api-error.ts'

/** Nothing a page asks for should take longer; a hanging request must not look like an empty list. */
const DEADLINE_MS = 30_000
/** A file is read in before it is answered. */
const FILE_DEADLINE_MS = 10 * 60_000

export type ApiOptions = {
  /** Where the service is, without a slash at the end; '' for the page's own origin. */
  baseUrl: string
  /** Asked before each call: the bearer token, or the CSRF token. What it throws is passed on as it is. */
  headers?: () => Promise<Record<string, string>>
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What an answer must be; a function makes it while the answer is waited for. */
export type Readable<T> = ZodType<T> | (() => Promise<ZodType<T>>)

/** Calls to the service. Each resolves to what the schema promises, or rejects with an ApiError. */
export type Api = {
  get<T>(path: string, schema: Readable<T>): Promise<T>
  /** An empty answer (204) is parsed as `undefined`. */
  send<T>(method: Method, path: string, body: unknown, schema: Readable<T>): Promise<T>
  /** Posts a file as it is, and waits longer for the answer. */
  sendFile<T>(path: string, file: FileToSend, schema: Readable<T>): Promise<T>
}

export type FileToSend = { type: string; bytes: ArrayBuffer }

export function createApi({ baseUrl, headers }: ApiOptions): Api {
  const call = async <T>(path: string, init: Call, schema: Readable<T>): Promise<T> => {
    const { type = 'application/json', deadlineMs = DEADLINE_MS, ...rest } = init
    const own = {
      accept: 'application/json',
      ...(init.body ? { 'content-type': type } : {}),
      ...(await headers?.()),
    }
    const request = { ...rest, headers: own, signal: AbortSignal.timeout(deadlineMs) }
    const [response, readable] = await Promise.all([
      fetch(baseUrl + path, request).catch(rethrowAsNoAnswer),
      typeof schema === 'function' ? schema().catch(rethrowAsNoAnswer) : schema,
    ])
    const body = parseJson(await response.text().catch(rethrowAsNoAnswer))
    if (!response.ok) throw errorOfReply(response, body)
    const parsed = readable.safeParse(body)
    if (!parsed.success) throw unreadable(response, parsed.error)
    return parsed.data
  }
  return {
    get: (path, schema) => call(path, { method: 'GET' }, schema),
    send: (method, path, body, schema) =>
      call(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, schema),
    sendFile: (path, { type, bytes }, schema) =>
      call(path, { method: 'POST', body: bytes, type, deadlineMs: FILE_DEADLINE_MS }, schema),
  }
}

type Call = Pick<RequestInit, 'method' | 'body'> & { type?: string; deadlineMs?: number }

function rethrowAsNoAnswer(cause: unknown): never {
  throw noAnswer(cause)
}

/** No body is `undefined`; text that is no JSON (a proxy's HTML page) stays text, which fits no schema of ours. */
function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
