/** A folder every mailbox has. Names are those of graph-contract 3.4; they are the same in every language. */
type WellKnown = { name: string; displayName: string; parent: string | null; isHidden?: true }

/** Parents come before their children. */
export const WELL_KNOWN_FOLDERS: readonly WellKnown[] = [
  { name: 'msgfolderroot', displayName: 'Top of Information Store', parent: null },
  { name: 'recoverableitemsdeletions', displayName: 'Deletions', parent: null },
  { name: 'searchfolders', displayName: 'Finder', parent: null },
  { name: 'archive', displayName: 'Archive', parent: 'msgfolderroot' },
  { name: 'clutter', displayName: 'Clutter', parent: 'msgfolderroot', isHidden: true },
  { name: 'conversationhistory', displayName: 'Conversation History', parent: 'msgfolderroot' },
  { name: 'deleteditems', displayName: 'Deleted Items', parent: 'msgfolderroot' },
  { name: 'drafts', displayName: 'Drafts', parent: 'msgfolderroot' },
  { name: 'inbox', displayName: 'Inbox', parent: 'msgfolderroot' },
  { name: 'junkemail', displayName: 'Junk Email', parent: 'msgfolderroot' },
  { name: 'outbox', displayName: 'Outbox', parent: 'msgfolderroot' },
  { name: 'scheduled', displayName: 'Scheduled', parent: 'msgfolderroot', isHidden: true },
  { name: 'sentitems', displayName: 'Sent Items', parent: 'msgfolderroot' },
  { name: 'syncissues', displayName: 'Sync Issues', parent: 'msgfolderroot', isHidden: true },
  { name: 'conflicts', displayName: 'Conflicts', parent: 'syncissues', isHidden: true },
  { name: 'localfailures', displayName: 'Local Failures', parent: 'syncissues', isHidden: true },
  { name: 'serverfailures', displayName: 'Server Failures', parent: 'syncissues', isHidden: true },
]
