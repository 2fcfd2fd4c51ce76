import { MINUTE } from '../../../../webhook/duration.ts'
import { aMail } from './mail.ts'
import { ADA, type Reply, type World } from './world.ts'

export const INBOX = '/me/mailFolders/inbox/messages/delta'
export const IMMUTABLE = { prefer: 'IdType="ImmutableId"' }

/** Follows links to the end of the round. */
export async function round(
  world: World,
  url: string,
  size = 50,
  headers: Record<string, string> = {},
) {
  const replies: Reply[] = []
  for (let next: string | undefined = url; next;) {
    const prefer = [`odata.maxpagesize=${size}`, headers.prefer].filter(Boolean).join(', ')
    const reply = await world.get(next, { headers: { ...headers, prefer } })
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.body.error.code}`)
    replies.push(reply)
    next = reply.body['@odata.nextLink']
  }
  const lines = replies.flatMap(({ body }) => body.value)
  return { replies, lines, deltaLink: replies.at(-1)?.body['@odata.deltaLink'] ?? '' }
}

/** Mail 0, Mail 1 and so on, a minute apart. */
export async function fill(world: World, count: number, folder = 'inbox') {
  const refs = []
  for (let index = 0; index < count; index++) {
    const mime = aMail({ id: `${index}@x.test`, subject: `Mail ${index}` })
    refs.push(await world.mailboxes.deliver(ADA, { folder, mime }))
    await world.clock.advance(MINUTE)
  }
  return refs
}
