import { trueMailboxOf, type Facts, type FolderDoc } from './store-view.ts'

/** When all is quiet: nothing is owed, and the ids are proven equal. */
export function restFaults(facts: Facts): string[] {
  return facts.folders.flatMap((folder) => {
    if (!folder.watched || folder.deletedAt) return []
    return [
      ...(trueMailboxOf(facts, folder.mailboxId)?.folderIds.has(folder.providerFolderId)
        ? []
        : [`wrong: ${folder.displayName} is watched, and no longer in the mailbox`]),
      ...unrest(folder).map((what) => `unfinished: ${folder.displayName} ${what}`),
    ]
  })
}

function unrest({ dirtySeq, doneSeq, attempts, backfill, proof }: FolderDoc): string[] {
  return [
    ...(dirtySeq === doneSeq ? [] : [`owes a pass (rang ${dirtySeq}, answered ${doneSeq})`]),
    ...(attempts === 0 ? [] : [`has failed ${attempts} times in a row`]),
    ...(backfill.finishedAt ? [] : ['has not finished its first pass']),
    ...(proof?.equal ? [] : ['is not proven equal']),
  ]
}
