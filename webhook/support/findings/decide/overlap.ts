import type { NamedFolder } from '../../../../models/folder.ts'
import type { Mailbox } from '../../../../models/mailbox.ts'
import { listed, type Found } from './found.ts'

/** One connection that is read, with the folders that it watches. */
export type Connection = { mailbox: Mailbox; folders: readonly NamedFolder[] }

/**
 * One mailbox, or one address, with two connections.
 *
 * The same account is one record whoever connects it, as records are keyed by its id. Two are possible nevertheless: an app
 * that may not read the directory knows a mailbox by the address that an administrator gave (`GraphProvider.account`),
 * and its person by their own id; such a mailbox can even have two addresses. And an address can go from one account to
 * another. That two read the same is seen by the folders, whose ids no two mailboxes share.
 *
 * Of each the first that `isShown` is who it is about; where none is, nobody is told. Pure.
 */
export function overlapsOf(
  connections: readonly Connection[],
  isShown: (mailbox: Mailbox) => boolean,
): Found[] {
  return groupsOf(connections).flatMap((group) => {
    const about = group.find(({ mailbox }) => isShown(mailbox))
    return about ? [overlap(about, group)] : []
  })
}

function overlap({ mailbox }: Connection, group: Connection[]): Found {
  const base = { mailboxId: mailbox._id, folderId: null, since: null, askedAt: null }
  const ways = waysOf(group)
  const todo = todoOf(group)
  const twice = readTwice(group)
  if (twice.length === 0)
    return {
      ...{ ...base, code: 'connected-twice', severity: 'info', todo },
      sentence: `This address has ${group.length} connections, ${ways}. They read no folder in common, so nothing is read twice.`,
    }
  const owners = new Set(group.map((one) => one.mailbox.ownerUserId))
  const seenBy =
    owners.size > 1 ? ' Mail that matches no contact is seen by the owner of each connection.' : ''
  return {
    ...{ ...base, code: 'read-twice', severity: 'warning', todo },
    sentence: `This mailbox has ${group.length} connections, ${ways}.${knownAs(group)} Read more than once: ${listed(twice)}. Each e-mail is kept once; Microsoft 365 is asked for it more often than needed.${seenBy}`,
  }
}

/** Those that belong together by an address or a folder, directly or by way of others. */
function groupsOf(connections: readonly Connection[]): Connection[][] {
  const groups = new Map<string, Set<Connection>>()
  for (const connection of connections) {
    const known = keysOf(connection).flatMap((key) => [...(groups.get(key) ?? [])])
    const joined = new Set([...known, connection])
    for (const member of joined) for (const key of keysOf(member)) groups.set(key, joined)
  }
  return [...new Set(groups.values())].filter(({ size }) => size > 1).map((group) => [...group])
}

const keysOf = ({ mailbox, folders }: Connection): string[] => [
  `address ${mailbox.address.toLowerCase()}`,
  ...folders.map(({ providerFolderId }) => `folder ${providerFolderId}`),
]

/** The names of folders that more than one of them watches. */
function readTwice(group: Connection[]): string[] {
  const all = group.flatMap(({ folders }) => folders)
  const names = new Map(all.map((folder) => [folder.providerFolderId, folder.displayName]))
  const isTwice = (id: string) =>
    all.filter(({ providerFolderId }) => providerFolderId === id).length > 1
  return [...names].filter(([id]) => isTwice(id)).map(([, name]) => name)
}

function waysOf(group: Connection[]): string {
  const count = (mode: Mailbox['authMode']) =>
    group.filter(({ mailbox }) => mailbox.authMode === mode).length
  const [own, app] = [count('delegated'), count('app')]
  if (app === 0) return 'each by a sign-in of its own'
  if (own === 0) return 'all with the app’s own permission'
  return 'by a person’s sign-in and with the app’s own permission'
}

function knownAs(group: Connection[]): string {
  const addresses = [...new Set(group.map(({ mailbox }) => mailbox.address.toLowerCase()))]
  return addresses.length > 1 ? ` They know it as ${listed(addresses)}.` : ''
}

const todoOf = (group: Connection[]): string =>
  new Set(group.map(({ mailbox }) => mailbox.authMode)).size > 1
    ? 'Keep one of them. An administrator can disconnect the one with the app’s own permission; then the person who signs in is its only owner.'
    : 'Keep one of them, and have an administrator disconnect what is no longer needed.'
