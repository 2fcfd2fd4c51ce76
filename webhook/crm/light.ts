import { isDoubted, type Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { Light } from '../../models/wire/mailbox.ts'
import { HOUR } from '../duration.ts'
import { adviceOn } from '../sign-in/decide/trouble.ts'

/** Grace for a comparison that is late, before the last one no longer counts. */
const PROOF_GRACE_MS = HOUR
/** One failed try is weather; three in a row are worth a person's eye. */
const WORRYING_ATTEMPTS = 3

export type FolderFacts = {
  folder: Folder
  subscription: Subscription | null
  /** Null: in real time. */
  pollEveryMinutes: number | null
  /** How often the ids are compared. */
  reconcileMs: number
  now: Date
}

/** Green only with proof: ids equal, announced or polled by choice, nothing failing. Pure; first match wins. */
export function folderLight(facts: FolderFacts): Light {
  const { folder } = facts
  if (folder.deletedAt)
    return {
      colour: 'amber',
      sentence: 'This folder was deleted in the mailbox. Its e-mails stay in the CRM.',
      todo: 'Choose folders, and leave this one out.',
    }
  return attemptsLight(folder) ?? backfillLight(folder) ?? bellLight(facts) ?? proofLight(facts)
}

function attemptsLight({ attempts, lastErrorCode }: Folder): Light | null {
  if (attempts === 0) return null
  const code = lastErrorCode ?? 'internal'
  if (attempts < WORRYING_ATTEMPTS)
    return {
      colour: 'amber',
      sentence: `The last try to read this folder failed (${code}).`,
      todo: 'It is tried again by itself in a moment.',
    }
  return {
    colour: 'red',
    sentence: `Reading this folder has failed ${attempts} times in a row (${code}).`,
    todo: 'It is tried again by itself. If this stays, tell your admin the code in brackets.',
  }
}

const backfillLight = ({ backfill }: Folder): Light | null =>
  backfill.finishedAt
    ? null
    : { colour: 'amber', sentence: 'Earlier mail is being read. New mail comes first.' }

function bellLight({ subscription, pollEveryMinutes, now }: FolderFacts): Light | null {
  if (pollEveryMinutes !== null) return null
  if (subscription && subscription.expiresAt > now) return null
  return {
    colour: 'amber',
    sentence: 'Microsoft 365 does not announce new mail here, so the folder is asked every minute.',
    todo: 'It subscribes again by itself. New mail is up to a minute late meanwhile.',
  }
}

function proofLight({ folder, pollEveryMinutes, reconcileMs, now }: FolderFacts): Light {
  const { proof } = folder
  const comparing = {
    colour: 'amber',
    sentence: 'The folder is being compared with the mailbox.',
  } as const
  if (!proof) return comparing
  const different = proof.missing + proof.surplus
  if (!proof.equal)
    return {
      colour: 'amber',
      sentence: `${different} ${different === 1 ? 'message differs' : 'messages differ'} from the mailbox and will be fetched again.`,
      todo: 'It is repaired by itself. If this stays, ask for a comparison or tell your admin.',
    }
  if (isDoubted(folder, now)) return comparing
  if (now.getTime() - proof.at.getTime() > reconcileMs + PROOF_GRACE_MS)
    return {
      colour: 'amber',
      sentence: 'The last comparison with the mailbox is too old to count.',
      todo: 'It is repeated by itself. If this stays, ask for a comparison or tell your admin.',
    }
  const often = pollEveryMinutes === null ? '' : ` Asked every ${pollEveryMinutes} minutes.`
  const healed = proof.repaired > 0 ? ` ${healedWords(proof.repaired)}` : ''
  const open = proof.counts.failed + proof.counts.pending
  const notStored = open > 0 ? ` ${openWords(open)}` : ''
  return {
    colour: 'green',
    sentence: `Complete: compared with the mailbox, message by message.${healed}${notStored}${often}`,
  }
}

/** Complete means that every message has its account, not that every message could be stored. */
const openWords = (open: number): string =>
  open === 1
    ? '1 message is accounted for and could not be stored. Explain says why.'
    : `${open} messages are accounted for and could not be stored. Explain says why.`

const healedWords = (repaired: number): string =>
  repaired === 1
    ? 'The comparison found 1 message that was wrong and mended it.'
    : `The comparison found ${repaired} messages that were wrong and mended them.`

const severity = { green: 0, off: 1, amber: 2, red: 3 } as const

export type NamedLight = { displayName: string; light: Light }

/** A mailbox is as well as its sickest folder, and never better than its credential. */
export function mailboxLight(mailbox: Mailbox, folders: NamedLight[]): Light {
  if (mailbox.status === 'disconnected') return disconnectedLight(mailbox)
  if (mailbox.status !== 'connected')
    return { colour: 'red', ...adviceOn(mailbox.trouble ?? UNKNOWN_TROUBLE) }
  if (mailbox.paused)
    return {
      colour: 'off',
      sentence: `Paused by ${mailbox.paused.byName || 'an admin'}. Nothing is read meanwhile, and nothing is lost.`,
      todo: 'Resume it. Reading goes on where it stopped.',
    }
  const [first, ...others] = folders
  if (!first)
    return { colour: 'off', sentence: 'No folder is watched yet.', todo: 'Choose folders.' }
  const { light, displayName } = others.reduce(
    (worse, one) => (severity[worse.light.colour] >= severity[one.light.colour] ? worse : one),
    first,
  )
  return light.colour === 'green'
    ? light
    : { ...light, sentence: `${displayName}: ${light.sentence}` }
}

function disconnectedLight({ ending }: Mailbox): Light {
  if (!ending) return { colour: 'off', sentence: 'Disconnected.' }
  const { done, total } = ending
  const soFar = total === 0 ? '' : `: ${done} of ${Math.max(done, total)}`
  return {
    colour: 'off',
    sentence: `Disconnected. What is left of it is being put away${soFar}.`,
    todo: 'Nothing. It can be connected again at any time.',
  }
}

const UNKNOWN_TROUBLE = { action: 'reconnect', code: 'reconnect-needed' } as const
