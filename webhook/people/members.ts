import type { Connection } from 'mongoose'
import { mailboxModel } from '../../models/mailbox.ts'
import { memberModel, type StoredMember } from '../../models/people/member.ts'
import type { Member, MemberPage } from '../../models/wire/people/member.ts'
import { Role } from '../../models/wire/session.ts'
import type { Clock } from '../clock.ts'
import { after, cut, readCursor } from '../contacts/cursor.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import { createOnce } from '../store/duplicate.ts'

export type MembersParts = { db: Connection; vault: Pick<Vault, 'of'>; clock: Clock }

/** Who has come in, as the authority named them. */
export type SignedIn = Pick<Member, 'userId' | 'displayName' | 'address' | 'roles'> & {
  workspaceId: string
}

const nameOf = (id: string) => ({ collection: 'members', id })

/** Who has signed in to the console: who the ids of the audit log are, and who may do what. */
export class Members {
  private readonly members
  private readonly mailboxes

  constructor(private readonly parts: MembersParts) {
    this.members = memberModel(parts.db)
    this.mailboxes = mailboxModel(parts.db)
  }

  /** Of one who signs in twice at once the later one stays. */
  async signedIn({ workspaceId, userId, displayName, address, roles }: SignedIn): Promise<void> {
    const _id = idOf('member', workspaceId, userId)
    const keys = await this.parts.vault.of(workspaceId)
    const sealed = keys.seal(nameOf(_id), { displayName, address })
    const signedInAt = this.parts.clock.now()
    const known = { roles, signedInAt, sealed }
    if (await createOnce(() => this.members.create({ _id, workspaceId, userId, ...known }))) return
    await this.members.updateOne({ _id, signedInAt: { $lte: signedInAt } }, { $set: known })
  }

  /** Who signed in last, first. */
  async page(
    workspaceId: string,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<MemberPage> {
    const found = await this.members
      .find({ workspaceId, ...after('signedInAt', readCursor(cursor)) })
      .sort({ signedInAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean()
    const { items, nextCursor } = cut(found, limit, ({ signedInAt: at, _id: id }) => ({ at, id }))
    const keys = await this.parts.vault.of(workspaceId)
    const mailboxes = await this.mailboxesOf(
      workspaceId,
      items.map(({ userId }) => userId),
    )
    const members = items.map((stored) => opened(keys, stored, mailboxes.get(stored.userId) ?? 0))
    return { members, nextCursor }
  }

  /** How many each of them has that are still connected. */
  private async mailboxesOf(workspaceId: string, userIds: string[]): Promise<Map<string, number>> {
    const found = await this.mailboxes
      .find({ workspaceId, ownerUserId: { $in: userIds }, status: { $ne: 'disconnected' } })
      .select({ ownerUserId: 1 })
      .lean()
    const counts = new Map<string, number>()
    for (const { ownerUserId } of found) counts.set(ownerUserId, (counts.get(ownerUserId) ?? 0) + 1)
    return counts
  }
}

function opened(keys: WorkspaceKeys, stored: StoredMember, mailboxes: number): Member {
  const { _id, userId, roles, signedInAt, sealed } = stored
  const open = keys.opener(nameOf(_id), sealed)
  const { displayName, address } = sealed.fields
  return {
    ...{ userId, mailboxes, signedInAt: signedInAt.toISOString() },
    displayName: open('displayName', displayName),
    address: open('address', address),
    roles: roles.map((role) => Role.parse(role)),
  }
}
