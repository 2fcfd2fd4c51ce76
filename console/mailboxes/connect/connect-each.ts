import { FolderChoices, Mailbox } from '../../../models/wire/mailbox.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Api } from '../../../ui/api/client.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { foldersPath, tickedAtFirst } from '../folder-tree.ts'

export type Refusal = { address: string; error: Failure }
export type Connected = { mailboxes: Mailbox[]; refusals: Refusal[] }

/** Called before each; false ends it there. */
type GoOn = (done: number) => boolean

/**
 * Connects one mailbox after the other with the app's own permission. Of one its folders are left to be chosen; of several
 * those that most people choose are watched at once, since nobody wants to be asked two hundred times.
 */
export async function connectEach(
  api: Api,
  addresses: readonly string[],
  goOn: GoOn,
): Promise<Connected> {
  const mailboxes: Mailbox[] = []
  const refusals: Refusal[] = []
  for (const [done, address] of addresses.entries()) {
    if (!goOn(done)) break
    try {
      const mailbox = await api.send('POST', '/api/v1/mailboxes', { address }, Mailbox)
      mailboxes.push(addresses.length === 1 ? mailbox : await watchSuggested(api, mailbox))
    } catch (error) {
      refusals.push({ address, error: toFailure(error) })
    }
  }
  return { mailboxes, refusals }
}

/** One that watches folders already keeps them. */
async function watchSuggested(api: Api, mailbox: Mailbox): Promise<Mailbox> {
  const path = foldersPath(mailbox)
  const { folders } = await api.get(path, FolderChoices)
  return api.send('PUT', path, { watched: [...tickedAtFirst(folders)] }, Mailbox)
}
