import type { Api } from '../ui/api/client.ts'
import { isFailure } from '../ui/api/failure.ts'

/** The same calls, and word of it when the service no longer knows who is asking. */
export function withSignOutWatch(api: Api, onSignedOut: () => void): Api {
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
