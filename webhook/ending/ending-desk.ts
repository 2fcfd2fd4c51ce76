import type { Connection } from 'mongoose'
import type { Mailbox } from '../../models/mailbox.ts'
import type { MailChoice } from '../../models/ending/mailbox-ending.ts'
import {
  WORKSPACE_END_FORMAT,
  type EndWorkspace,
  type RetentionPreview,
  type RetentionQuestion,
  type SignedWorkspaceEnd,
  type WorkspaceEnd,
} from '../../models/wire/ending/ending.ts'
import { sessionModel } from '../../models/sign-in/session.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { Person } from '../crm/ports.ts'
import { BadRequestError } from '../errors.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { Disconnections } from './disconnect/disconnections.ts'
import type { Retention } from './retention/retention.ts'
import { countDocuments } from './workspace/workspace-documents.ts'
import type { WorkspaceEndingStore } from './workspace/workspace-ending-store.ts'

export type EndingDeskParts = {
  db: Connection
  mailboxes: MailboxStore
  disconnecting: Disconnections
  retention: Retention
  endings: WorkspaceEndingStore
  audit: Audit
  signer: Pick<StatementSigner, 'signJson'>
  clock: Clock
}

/** So that no statement and no checkpoint, which the same key signs, can pass for one. */
const REPORT_TYPE = 'flowcrm-workspace-end'

/** What ends: a mailbox's connection, the time for which mail is kept, a workspace. Written down before it is done. */
export class EndingDesk {
  constructor(private readonly parts: EndingDeskParts) {}

  /** The answer is the mailbox as it is then. */
  async disconnect(person: Person, mailbox: Mailbox, mail: MailChoice): Promise<Mailbox> {
    const { audit, disconnecting, mailboxes } = this.parts
    const { workspaceId, _id: id } = mailbox
    await audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'mailbox-disconnected', details: { mail } },
      object: { kind: 'mailbox', id },
    })
    await disconnecting.begin(mailbox, mail)
    return (await mailboxes.find(id)) ?? mailbox
  }

  retentionPreview(
    { workspaceId }: Person,
    question: RetentionQuestion,
  ): Promise<RetentionPreview> {
    return this.parts.retention.preview(workspaceId, question)
  }

  /** For good. Ending what is ended changes nothing. */
  async endWorkspace(admin: Person, { workspaceId: typed }: EndWorkspace): Promise<WorkspaceEnd> {
    const { db, endings, audit, clock } = this.parts
    const { workspaceId, userId } = admin
    if (typed !== workspaceId)
      throw new BadRequestError('Type the id of your own workspace to confirm that it ends.', [
        { path: 'workspaceId', message: 'must be the id of your workspace' },
      ])
    const before = await this.workspaceEnd(workspaceId)
    if (before.state !== 'alive') return before
    const who = actorOf(admin)
    await audit.write({
      ...{ workspaceId, who, action: 'workspace-ended' },
      object: { kind: 'workspace', id: workspaceId },
      details: Object.fromEntries(before.counts.map(({ of, documents }) => [of, documents])),
    })
    const { counts } = before
    const at = clock.now()
    await endings.begin({ workspaceId, at, byUserId: userId, byRole: who.role, counts })
    const { deletedCount } = await sessionModel(db).deleteMany({ workspaceId })
    await endings.advance(workspaceId, deletedCount)
    return this.workspaceEnd(workspaceId)
  }

  /** How the end of a workspace is; of one that nobody has ended, what it has. */
  async workspaceEnd(workspaceId: string): Promise<WorkspaceEnd> {
    const ending = await this.parts.endings.find(workspaceId)
    if (!ending)
      return {
        ...{ workspaceId, state: 'alive', at: null, endedAt: null, deleted: 0, keysDestroyed: 0 },
        counts: await countDocuments(this.parts.db, workspaceId),
      }
    const { state, at, endedAt, counts, done, keysDestroyed } = ending
    return {
      ...{ workspaceId, state, at: at.toISOString(), endedAt: endedAt?.toISOString() ?? null },
      counts: counts.map(({ of, documents }) => ({ of, documents })),
      ...{ deleted: done, keysDestroyed },
    }
  }

  /** To be kept by whoever must show that it was done; checked with the public key of statements. */
  async signedEnd(workspaceId: string): Promise<SignedWorkspaceEnd> {
    const end = await this.workspaceEnd(workspaceId)
    const report = { format: WORKSPACE_END_FORMAT, ...end } as const
    return { report, signature: await this.parts.signer.signJson(REPORT_TYPE, report) }
  }
}
