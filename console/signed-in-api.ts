import type { ZodType } from 'zod'
import { createApi, type Api } from '../ui/api/client.ts'
import { isFailure } from '../ui/api/failure.ts'
import { followAnswer, type AnswerListener } from './live/follow-answer.ts'

/** Calls in the name of who is signed in. */
export type ConsoleApi = Api & {
  /** The same calls, which change something only while it is still as this version was. */
  ifStill(version: number): Api
  /** Posts, and hears the answer event by event as it comes. */
  follow<T>(path: string, schema: ZodType<T>, listener: AnswerListener<T>): Promise<void>
}

export type ConsoleApiOptions = {
  baseUrl: string
  csrfToken: string
  /** The service no longer knows who is asking. */
  onSignedOut: () => void
}

export function createConsoleApi({ baseUrl, csrfToken, onSignedOut }: ConsoleApiOptions) {
  const callsWith = (more: Record<string, string>): Api => {
    const headers = async () => ({ 'x-csrf-token': csrfToken, ...more })
    return withSignOutWatch(createApi({ baseUrl, headers }), onSignedOut)
  }
  const api: ConsoleApi = {
    ...callsWith({}),
    ifStill: (version) => callsWith({ 'if-match': `"${version}"` }),
    follow: (path, schema, listener) =>
      watchSignOut(onSignedOut)(
        followAnswer(
          { url: baseUrl + path, headers: { 'x-csrf-token': csrfToken } },
          schema,
          listener,
        ),
      ),
  }
  return api
}

const watchSignOut =
  (onSignedOut: () => void) =>
  async <T>(reply: Promise<T>): Promise<T> => {
    try {
      return await reply
    } catch (error) {
      if (isFailure(error) && error.code === 'not-signed-in') onSignedOut()
      throw error
    }
  }

function withSignOutWatch(api: Api, onSignedOut: () => void): Api {
  const watch = watchSignOut(onSignedOut)
  return {
    get: (path, schema) => watch(api.get(path, schema)),
    send: (method, path, body, schema) => watch(api.send(method, path, body, schema)),
    sendFile: (path, file, schema) => watch(api.sendFile(path, file, schema)),
  }
}
