import type { GraphTwin } from './graph/twin.ts'
import { readEmlFolder } from './seed/import-eml.ts'
import { seedMails } from './seed/seed-mail.ts'

/** Puts the fortnight of seed mail where it belongs. The few very large ones stay unbuilt until somebody reads them. */
export async function loadSeedMail(graph: GraphTwin, now: Date): Promise<number> {
  const seeds = seedMails(now)
  for (const { mailbox, folder, lightMime, ...mail } of seeds)
    await graph.mailboxes.deliver(mailbox, {
      ...mail,
      light: lightMime(),
      folder: folderAt(graph, mailbox, folder),
    })
  return seeds.length
}

/** Anybody's own .eml files, into Alice's Inbox. Returns how many came in and which did not, with the reason. */
export async function importEml(
  graph: GraphTwin,
  folder: string,
  address: string,
): Promise<{ imported: number; skipped: string[] }> {
  const skipped: string[] = []
  let imported = 0
  for await (const { mime } of readEmlFolder(folder, (skip) =>
    skipped.push(`${skip.path}: ${skip.reason}`),
  )) {
    await graph.mailboxes.deliver(address, { mime, isRead: true })
    imported++
  }
  return { imported, skipped }
}

/** The folder by its path of names, made where it is missing. */
function folderAt(graph: GraphTwin, address: string, path: readonly string[]): string {
  const { folders } = graph.mailboxes.open(address)
  const [first = 'inbox', ...below] = path
  let at = graph.mailboxes.folder(address, first)
  for (const name of below) {
    const there = [...at.children].find((child) => child.displayName === name)
    at = there ?? folders.add({ displayName: name, parent: at, isHidden: false })
  }
  return at.id
}
