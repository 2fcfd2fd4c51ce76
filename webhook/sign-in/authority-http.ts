import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { SECOND } from '../duration.ts'

/** Entra answers in a second or two; whoever waits longer had better try again. */
export const AUTHORITY_DEADLINE_MS = 10 * SECOND

/** MSAL's way out. Its own has no deadline for a POST, so a silent authority would hold a sync pass for minutes. */
export const authorityHttp: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options),
  sendPostRequestAsync: (url, options) => send('POST', url, options),
}

async function send<T>(
  method: 'GET' | 'POST',
  url: string,
  { headers = {}, body }: NetworkRequestOptions = {},
): Promise<NetworkResponse<T>> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'error', // credentials go to the authority we were told of, nowhere else
    signal: AbortSignal.timeout(AUTHORITY_DEADLINE_MS),
    ...(body !== undefined && { body }),
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as T,
  }
}
