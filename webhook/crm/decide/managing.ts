import type { Mailbox } from '../../../models/mailbox.ts'

type Asking = { workspaceId: string; userId: string; roles: readonly string[] }
type Asked = Pick<Mailbox, 'workspaceId' | 'ownerUserId' | 'status'>

/** Owners manage their mailboxes, administrators all of the workspace; nobody one that was disconnected. Pure. */
export function mayManage(person: Asking, mailbox: Asked): boolean {
  const isTheirs = mailbox.ownerUserId === person.userId || person.roles.includes('admin')
  return isTheirs && mailbox.workspaceId === person.workspaceId && mailbox.status !== 'disconnected'
}
