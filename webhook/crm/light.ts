import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { Light } from '../../models/wire/mailbox.ts'
import { HOUR } from '../duration.ts'

/** A proof is repeated daily; an hour of grace before it no longer counts. */
const PROOF_COUNTS_MS = 25 * HOUR
/** One failed try is weather; three in a row are worth a person's eye. */
const WORRYING_ATTEMPTS = 3

export type FolderFacts = { folder: Folder; subscription: Subscription | null; now: Date }

/** Green only with proof: ids equal, subscription alive, nothing failing. Pure; first match wins. */
export function folderLight({ folder, subscription, now }: FolderFacts): Light {
  const { backfill, proof, attempts } = folder
  if (attempts >= WORRYING_ATTEMPTS)
    return {
      colour: 'red',
      sentence: `Reading this folder has failed ${attempts} times in a row (${folder.lastErrorCode ?? 'internal'}).`,
      todo: 'It is tried again by itself. If this stays, tell your admin the code in brackets.',
    }
  if (!backfill.finishedAt)
    return { colour: 'amber', sentence: 'Earlier mail is being read. New mail is next.' }
  if (!subscription || subscription.expiresAt <= now)
    return {
      colour: 'amber',
      sentence:
        'Microsoft 365 does not announce new mail here, so the folder is asked every minute.',
    }
  if (!proof) return { colour: 'amber', sentence: 'The folder is being compared with the mailbox.' }
  if (!proof.equal)
    return {
      colour: 'amber',
      sentence: `${proof.missing + proof.surplus} messages differ from the mailbox and are being fetched again.`,
    }
  if (now.getTime() - proof.at.getTime() > PROOF_COUNTS_MS)
    return {
      colour: 'amber',
      sentence: 'The last comparison with the mailbox is more than a day old.',
    }
  return { colour: 'green', sentence: 'Complete: compared with the mailbox, message by message.' }
}

const severity = { green: 0, off: 1, amber: 2, red: 3 } as const

/** A mailbox is as well as its sickest folder, and never better than its credential. */
export function mailboxLight(mailbox: Mailbox, folders: Light[]): Light {
  if (mailbox.status === 'reconnect-needed')
    return {
      colour: 'red',
      sentence:
        'Microsoft 365 no longer lets FlowCRM read this mailbox. No mail is lost meanwhile.',
      todo: 'Connect it again. Reading goes on where it stopped.',
    }
  const worst = folders.reduce<Light | null>(
    (worse, light) => (worse && severity[worse.colour] >= severity[light.colour] ? worse : light),
    null,
  )
  return worst ?? { colour: 'off', sentence: 'No folder is watched yet.', todo: 'Choose folders.' }
}
