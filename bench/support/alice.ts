import type { GraphTwin } from '../../sandbox/graph/twin.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { mailboxOf, watch } from '../../test/support/world.ts'
import { MINUTE } from '../../webhook/duration.ts'
import type { ServiceProcess } from './service-process.ts'

export const { mail: ALICE, oid: ALICE_ID } = people.alice

/** Short mails of her own, a minute apart, the newest of them now; their bytes are made when they are read. */
export async function fillInbox(graph: GraphTwin, mails: number, now = new Date()): Promise<void> {
  for (let index = 0; index < mails; index++)
    await graph.mailboxes.deliver(ALICE, {
      mime: () => bulkMime(index, ALICE, now),
      receivedAt: new Date(now.getTime() - index * MINUTE),
    })
}

/** Alice signs in, connects her mailbox and watches these folders, as a person would by clicking. */
export async function aliceWatches(service: ServiceProcess, folders: string[]): Promise<string> {
  const browser = await service.browser().signIn('alice')
  await browser.visit('/auth/connect', 'alice')
  const { id } = await mailboxOf(browser)
  service.graph.requests.clear()
  await watch(browser, id, folders)
  return id
}
