import { Client, type PageCollection } from '@microsoft/microsoft-graph-client'
import type { Message } from '@microsoft/microsoft-graph-types'
import type { Report } from '../figures.ts'
import { aliceAlone } from '../support/alice-alone.ts'
import { ALICE_ID, fillInbox } from '../support/alice.ts'
import { countRequests } from './count.ts'

const MAILS = 1_000
const BURST = 50
const TOKEN = 'bench'

/**
 * What an integration written along the SDK's own samples asks for, with the SDK as it comes: it lists the folder 100 at
 * a time, gets each message, and the attachments of those that have some. On a notification it gets the message named.
 */
export async function benchNaive(report: Report): Promise<void> {
  await using twin = aliceAlone()
  const url = await twin.listen()
  await fillInbox(twin, MAILS)
  const client = Client.init({
    baseUrl: `${url}/`,
    authProvider: (done) => done(null, TOKEN),
    fetchOptions: { headers: { authorization: `Bearer ${TOKEN}` } }, // the SDK itself gives it to https only
  })
  const ids = await listIds(client)
  for (const id of ids) await readMessage(client, id)
  if (ids.length !== MAILS) throw new Error(`the loop found ${ids.length} of ${MAILS} mails`)
  const made = countRequests(twin.requests.find())
  report.figure(`requests.naive${MAILS}`, made.mail, 'requests for the same mails')
  report.figure(`requests.naive${MAILS}.throttleOps`, made.charged, 'charged to the mailbox')

  twin.requests.clear()
  for (const id of ids.slice(0, BURST)) await readMessage(client, id)
  report.figure(
    'requests.naiveBurst50',
    twin.requests.count(),
    'requests, one for each notification',
  )
}

/** By nextLinks; the SDK's own iterator takes no http link, as the twin gives it, so the path below the version is asked for. */
async function listIds(client: Client): Promise<string[]> {
  const ids: string[] = []
  let next: string | undefined = `/users/${ALICE_ID}/mailFolders/inbox/messages?$select=id&$top=100`
  while (next !== undefined) {
    const page = (await client.api(next).get()) as PageCollection
    for (const { id } of page.value as Message[]) ids.push(id ?? '')
    next = page['@odata.nextLink']?.split('/v1.0')[1]
  }
  return ids
}

async function readMessage(client: Client, id: string): Promise<void> {
  const path = `/users/${ALICE_ID}/messages/${id}`
  const message = (await client.api(path).get()) as Message
  if (message.hasAttachments) await client.api(`${path}/attachments`).get()
}
