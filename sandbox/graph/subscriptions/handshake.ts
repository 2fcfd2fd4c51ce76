import type { Random } from '../../random.ts'
import type { SubscriptionKnobs } from '../knobs.ts'
import { postWithin, type Post } from '../delivery/post.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { invalidRequest, notificationUrlRejected, statusName } from './errors.ts'

export type HandshakeParts = {
  post: Post
  clock: Clock
  random: Random
  knobs: Pick<SubscriptionKnobs, 'handshakeTimeoutMs' | 'allowLoopbackHttp'>
}

const MUST_BE_200 = 'Notification endpoint must respond with 200 OK to validation request.'

/**
 * Asks the URL to echo a token, decoded, as text/plain with 200 and within 10 s; throws Graph's 400 otherwise
 * (graph-contract 1.6).
 */
export async function shakeHands(parts: HandshakeParts, url: string): Promise<void> {
  const token = validationToken(parts.random)
  const outcome = await postWithin(parts, withToken(url, token), {
    body: '',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    timeoutMs: parts.knobs.handshakeTimeoutMs,
  })
  if (outcome.kind === 'timed-out') throw notificationUrlRejected('timed out.')
  if (outcome.kind === 'failed') throw notificationUrlRejected(`failed. ${MUST_BE_200}`)
  const { status, contentType, body } = outcome.reply
  if (status !== 200) {
    throw notificationUrlRejected(
      `failed. HTTP status code is '${statusName(status)}'. ${MUST_BE_200}`,
    )
  }
  if (!/^text\/plain\b/i.test(contentType)) {
    throw notificationUrlRejected('failed. The Content-Type of the response must be text/plain.')
  }
  if (body !== token) {
    throw notificationUrlRejected(
      'failed. Response must exactly match validationToken query parameter.',
    )
  }
}

/** https, or http on this machine when the sandbox allows it: there are no certificates here. */
export function checkUrl(name: string, url: string, allowLoopbackHttp: boolean): void {
  const { protocol, hostname } = new URL(url)
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback && allowLoopbackHttp)) return
  throw invalidRequest(`${name} must be an https URL.`)
}

/** A sentence with spaces, a colon, a percent and a plus: an endpoint that does not decode is found out (graph-contract 10). */
const validationToken = (random: Random) =>
  `Validation: Testing client application reachability for subscription Request-Id: ${random.guid()} 100%+${random.between(1, 99)}`

/** Appended with `&` when there is a query already; spaces travel as `+`, as in a form. */
function withToken(url: string, validationToken: string): string {
  const query = new URLSearchParams({ validationToken }).toString()
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}
