import type { Report } from '../figures.ts'
import { ALICE_ID, aliceWatches } from '../support/alice.ts'
import type { DatabaseProcess } from '../support/database-process.ts'
import { Inside } from '../support/inside.ts'
import type { ServiceProcess } from '../support/service-process.ts'

const FOLDERS = Array.from({ length: 20 }, (_, number) => `Bells ${number}`)

export type Parts = { service: ServiceProcess; database: DatabaseProcess; inside: Inside }

/** The folders that most bells ring for, read to their end. */
export async function watchFolders({ service, inside }: Parts): Promise<string[]> {
  const { mailboxes } = service.graph
  const made = FOLDERS.map((name) => mailboxes.addFolder(ALICE_ID, 'msgfolderroot', name))
  await aliceWatches(service, FOLDERS)
  await inside.settled()
  return made.map(({ id }) => id)
}

/** Each witness was rung for once, so a folder without a mark is a 202 that was lost. */
export async function reportKept(
  report: Report,
  part: string,
  { url, rung }: { url: string; rung: string[] },
): Promise<void> {
  await using inside = await Inside.open(url)
  const marked = await inside.folders
    .find({ watched: false, dirtySeq: { $gte: 1 } })
    .select({ _id: 1 })
    .lean()
  const kept = new Set(marked.map(({ _id }) => _id))
  const lost = rung.filter((id) => !kept.has(id)).length
  report.figure(`${part}.lost`, lost, `of ${rung.length} acknowledged, after kill -9 of both`)
}
