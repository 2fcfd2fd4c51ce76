import { createApi, type Api } from '../ui/api/client.ts'
import { isFailure } from '../ui/api/failure.ts'

/** Calls in the name of who is signed in. */
export type ConsoleApi = Api & {
  /** The same calls, which change something only while it is still as this version was. */
  ifStill(version: number): Api
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
  }
  return api
}

function withSignOutWatch(api: Api, onSignedOut: () => void): Api {
  const watch = async <T>(reply: Promise<T>): Promise<T> => {
    try {
      return await reply
    } catch (error) {
      if (isFailure(error) && error.code === 'not-signed-in') onSignedOut()
      throw error
    }
  }
  return {
    get: (path, schema) => watch(api.get(path, schema)),
    send: (method, path, body, schema) => watch(api.send(method, path, body, schema)),
  }
}
