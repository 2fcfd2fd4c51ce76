import type { ProviderFolder } from '../provider.ts'
import type { GraphClient } from './graph-client.ts'
import { Folder, FolderPage } from './schemas.ts'

/** Graph lists only what is directly below a folder, so the tree is walked (graph-contract 3.4). */
export async function folderTree(
  graph: GraphClient,
  root: string,
  signal: AbortSignal,
): Promise<ProviderFolder[]> {
  // Names are in the mailbox's language; well-known names are not.
  const suggested = await Promise.all(
    ['inbox', 'sentitems'].map((name) =>
      graph.json(`${root}/mailFolders/${name}?$select=id`, Folder, { signal }),
    ),
  )
  const suggestedIds = new Set(suggested.map(({ id }) => id))

  const below = async (path: string, depth: number): Promise<ProviderFolder[]> => {
    const found: ProviderFolder[] = []
    for await (const page of graph.pages(`${path}?$top=100`, FolderPage, { signal }))
      for (const { id, displayName, childFolderCount, totalItemCount } of page.value) {
        found.push({
          providerFolderId: id,
          displayName,
          depth,
          totalItemCount,
          suggested: suggestedIds.has(id),
        })
        if (childFolderCount > 0)
          found.push(
            ...(await below(
              `${root}/mailFolders/${encodeURIComponent(id)}/childFolders`,
              depth + 1,
            )),
          )
      }
    return found
  }
  return below(`${root}/mailFolders`, 0)
}
