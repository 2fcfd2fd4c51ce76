import { randomBytes } from 'node:crypto'
import { ProviderError } from '../../errors.ts'
import { atLeast, takeCensus } from '../../reconcile/census.ts'
import { failed, fine, skipped, warning, type Found } from '../decide/found.ts'
import { counted, sizeOf, type Check, type Trial } from '../trial.ts'
import { NOTHING_WATCHED } from './bell.ts'

/** A page is asked for to see that one comes: its mail is the next pass's to store. */
const PAGE_SIZE = 10
/** A folder of more is compared by the daily comparison, not while somebody looks on. */
const COMPARED_AT_MOST = 20_000
const PROBE_BYTES = 24

/** The place where the last pass stopped still leads on. */
export const delta: Check = async ({ watched, provider, mailbox }, signal) => {
  if (watched.length === 0) return NOTHING_WATCHED
  const folder = watched.find(({ cursor }) => cursor !== null)
  if (!folder) return skipped('not-read-yet', 'No folder has been read yet; that has just begun.')
  const { providerFolderId, cursor } = folder
  const pages = provider.changes({ providerFolderId, cursor, pageSize: () => PAGE_SIZE }, signal)
  try {
    for await (const _page of pages) break
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'cursor-expired') return EXPIRED
    throw error
  }
  if (mailbox.paused)
    return warning('paused', 'Microsoft 365 answers, but reading is paused, so nothing is read.', {
      ...{ fault: 'person', todo: 'Resume the mailbox. Reading goes on where it stopped.' },
    })
  return fine('answered', 'Microsoft 365 says what has changed since the last reading.')
}

const EXPIRED = warning(
  'cursor-expired',
  'Microsoft 365 no longer knows where the last reading stopped.',
  {
    fault: 'provider',
    todo: 'Nothing: the folder is read from the start by itself. Nothing is lost or stored twice.',
  },
)

/** The database keeps what it takes, sealed as mail is. */
export const store: Check = async ({ syncTests, run }) => {
  const probe = randomBytes(PROBE_BYTES).toString('base64url')
  if ((await syncTests.thereAndBack(run, probe)) === probe)
    return fine('kept', 'The database kept a sealed probe and gave it back unchanged.')
  return failed('not-kept', 'The database did not give back what was written to it.', {
    ...{ fault: 'service', todo: 'Tell whoever runs FlowCRM at once.' },
  })
}

/** The ids of the folder with the least mail, against the ledger's. Looks only; what differs is mended by a comparison. */
export const reconcile: Check = async (trial, signal) => {
  const { watched, queue } = trial
  if (watched.length === 0) return NOTHING_WATCHED
  const folder = watched.find(({ backfill }) => backfill.finishedAt !== null)
  if (!folder)
    return skipped('not-read-yet', 'Earlier mail is still being read; it is compared after that.')
  if (sizeOf(folder) > COMPARED_AT_MOST)
    return skipped(
      'too-large',
      `Even the smallest folder has ${counted(sizeOf(folder), 'message')}: too many to compare while you wait.`,
      'Press "Compare now"; the light says what came of it.',
    )
  const census = await takeCensus({ ...trial, folder, stillHere: async () => undefined }, signal)
  const { missing, surplus } = atLeast(census)
  const wrong = missing + surplus + census.lostCount + census.altered.length
  if (wrong === 0) return equal(trial, census.ofMailbox.size)
  await queue.doubt(folder._id)
  return warning(
    'unequal',
    `In the smallest folder ${counted(wrong, 'message')} ${wrong === 1 ? 'differs' : 'differ'} from the mailbox.`,
    {
      fault: null,
      todo: 'Mail of this minute may be on its way. A comparison was asked for, which mends the rest.',
    },
  )
}

function equal({ watched }: Trial, messages: number): Found {
  if (messages === 0) return fine('equal', 'Mailbox and CRM agree: there is no message yet.')
  const where = watched.length === 1 ? 'the watched folder' : 'the smallest folder'
  return fine(
    'equal',
    `Mailbox and CRM agree on every message of ${where}: ${messages} of ${messages}.`,
  )
}
