import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import { ProviderError } from '../errors.ts'
import { idOf } from '../keys/ids.ts'
import { grantedIn } from '../sign-in/decide/granted.ts'
import { troubleOf } from '../sign-in/decide/trouble.ts'
import type { MailTokens } from '../sign-in/tokens/mail-tokens.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { NOT_GRANTED } from './decide/refusal.ts'
import type { Directions } from './write-back.ts'
import type { WriteBackQueue } from './write-back-queue.ts'

export type WriteAccessParts = {
  mailboxes: Pick<MailboxStore, 'find' | 'writeRefused' | 'mayBeWritten'>
  policies: Directions & {
    rulesFor(workspaceId: string, mailbox: Mailbox | null): ReturnType<Directions['rulesOf']>
  }
  mailTokens: Pick<MailTokens, 'accessTokenFor'>
  writeBackQueue: Pick<WriteBackQueue, 'soon'>
  clock: Clock
}

/** The right to write to mailboxes: asked for where somebody wants both ways, and nowhere else (product 4.3). */
export class WriteAccess {
  constructor(private readonly parts: WriteAccessParts) {}

  /** Whether this person's own mailbox, connected or not yet, is to be asked for it. */
  async isWanted({
    workspaceId,
    userId,
  }: {
    workspaceId: string
    userId: string
  }): Promise<boolean> {
    const { mailboxes, policies } = this.parts
    const mailbox = await mailboxes.find(idOf('mailbox', workspaceId, userId))
    return (await policies.rulesFor(workspaceId, mailbox)).direction === 'two-way'
  }

  /**
   * Finds out whether a mailbox may be written to, where that is wanted, and puts down what was found. What waits for it goes
   * on. Says nothing when Microsoft does not answer: the next write will tell.
   */
  async look(_id: string): Promise<void> {
    const { mailboxes, policies, writeBackQueue, clock } = this.parts
    const mailbox = await mailboxes.find(_id)
    if (mailbox?.status !== 'connected') return
    const { direction } = await policies.rulesOf(mailbox)
    const code = direction === 'two-way' ? await this.refusal(mailbox) : null
    if (code !== null) return mailboxes.writeRefused(_id, code, clock.now())
    await mailboxes.mayBeWritten(_id)
    await writeBackQueue.soon(_id)
  }

  /** Why not; null: it may, as far as a token tells. */
  private async refusal(mailbox: Mailbox): Promise<string | null> {
    try {
      const options = { fresh: true, right: 'write' } as const
      const granted = grantedIn(await this.parts.mailTokens.accessTokenFor(mailbox, options))
      return granted && !granted.includes('Mail.ReadWrite') ? NOT_GRANTED : null
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      return troubleOf(error)?.code ?? null
    }
  }
}
