import type { SeenEmail } from '../store/email-store.ts'

/** Judges the excluded mail of these parties again: it may have been left out because nobody knew them. */
export type Reevaluate = (about: { workspaceId: string; addressKeys: string[] }) => Promise<void>

/** Until somebody judges: nothing was left out for want of a contact. */
export const judgesNothing: Reevaluate = async () => undefined

/** Told of e-mails once they are stored, in this order: a page that is repeated tells again, and nothing changes. */
export type OnStored = (workspaceId: string, mail: StoredMail[]) => Promise<void>

export type StoredMail = {
  seen: SeenEmail
  /** By its header: a list, a robot (webhook/sync/decide/parties/machine-mail.ts). Nobody in it is suggested. */
  isMachineMail: boolean
}
