import { ProviderError } from '../../../errors.ts'
import type { ProviderFolder } from '../../provider.ts'
import type { GraphCall, GraphClient } from '../requests/graph-client.ts'
import { FolderId, FolderPage, type Folder } from '../schemas.ts'
import { inTurn } from './in-turn.ts'

/** Of the mailbox's four places: new mail of other folders wants to get through meanwhile. */
const LISTS_AT_ONCE = 3

/**
 * Graph lists only what is directly below a folder, so the tree is walked, level by level. Every folder is asked, because
 * what `childFolderCount` says of hidden ones is not written anywhere (graph-contract 3.4).
 */
export async function folderTree(
  graph: GraphClient,
  root: string,
  signal: AbortSignal,
): Promise<ProviderFolder[]> {
  const call: GraphCall = { operation: 'folders', signal }
  const suggested = await suggestedIds(graph, root, call)
  const seen = new Set<string>()
  const children = new Map<string, Folder[]>()

  const readBelow = async (parent: string): Promise<string[]> => {
    const path =
      parent === ROOT ? `${root}/mailFolders` : `${folderPath(root, parent)}/childFolders`
    const found = (await listOf(graph, path, call).catch(unlessMissing)) ?? []
    const isNew = found.filter(({ id }) => !seen.has(id)) // a tree, whatever is said
    for (const { id } of isNew) seen.add(id)
    children.set(parent, isNew)
    return isNew.map(({ id }) => id)
  }
  for (let level = [ROOT]; level.length > 0;)
    level = (await inTurn(level, LISTS_AT_ONCE, readBelow)).flat()

  const inReadingOrder = (parent: string, depth: number): ProviderFolder[] =>
    (children.get(parent) ?? []).flatMap((folder) => [
      { ...toFolder(folder), depth, suggested: suggested.includes(folder.id) },
      ...inReadingOrder(folder.id, depth + 1),
    ])
  return inReadingOrder(ROOT, 0)
}

async function listOf(graph: GraphClient, path: string, call: GraphCall): Promise<Folder[]> {
  const found: Folder[] = []
  const first = `${path}?includeHiddenFolders=true&$top=100`
  for await (const { value } of graph.pages(first, FolderPage, () => call)) found.push(...value)
  return found
}

const ROOT = ''

/** Names are in the mailbox's language; well-known names are not. */
const suggestedIds = (graph: GraphClient, root: string, call: GraphCall) =>
  inTurn(['inbox', 'sentitems'] as const, 2, (name) => wellKnownId(graph, { root, name }, call))

/** Null where the mailbox has no such folder. */
export const wellKnownId = (
  graph: GraphClient,
  { root, name }: { root: string; name: 'inbox' | 'sentitems' },
  call: GraphCall,
): Promise<string | null> =>
  graph
    .json(`${root}/mailFolders/${name}?$select=id`, FolderId, call)
    .then(({ id }): string | null => id, unlessMissing)

export const folderPath = (root: string, providerFolderId: string) =>
  `${root}/mailFolders/${encodeURIComponent(providerFolderId)}`

export const toFolder = ({ id, displayName, totalItemCount, isHidden }: Folder) => ({
  providerFolderId: id,
  displayName,
  totalItemCount,
  hidden: isHidden ?? false,
})

/** For `catch`: null for what is not there; all else is thrown on. */
export function unlessMissing(error: unknown): null {
  if (error instanceof ProviderError && error.code === 'item-not-found') return null
  throw error
}
