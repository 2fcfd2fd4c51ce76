import { anEmail } from '../test/support/builders.ts'
import { ROOT_KEY, someKeys } from '../test/support/keys.ts'
import { realClock } from '../webhook/clock.ts'
import { MINUTE } from '../webhook/duration.ts'
import { RootKey } from '../webhook/keys/root-key.ts'
import { Vault } from '../webhook/keys/vault.ts'
import { Rotation } from '../webhook/rotation/rotation.ts'
import { openDatabase } from '../webhook/store/database.ts'
import { EmailStore } from '../webhook/store/email-store.ts'
import { openEmail, openHead, sealEmail } from '../webhook/store/sealed-email.ts'
import { WorkspaceKeyStore } from '../webhook/store/workspace-key-store.ts'
import { short, type Report, type Scale } from './figures.ts'
import { DatabaseProcess } from './support/database-process.ts'
import { callsPerSecond } from './timed.ts'

const ROTATED = 10_000
const AT_ONCE = 100
/** About 12 kB, as the mean mail has (reliability 5.1). */
const bodyHtml = Array.from({ length: 300 }, (_, n) => `<p>Line ${n}: the order of March</p>`).join(
  '',
)

/** What sealing and opening an e-mail costs, and moving many to a new key of their workspace. */
export async function benchKeys(report: Report, { largest }: Scale): Promise<void> {
  report.heading('Sealing (webhook/keys)')
  const keys = someKeys()
  const mail = anEmail({ bodyHtml })
  const stored = sealEmail(keys, mail)
  report.figure(
    'keys.sealedPerS',
    callsPerSecond(() => sealEmail(keys, mail)),
    'e-mails of 12 kB',
  )
  report.figure(
    'keys.headsPerS',
    callsPerSecond(() => openHead(keys, stored)),
    'opened for a list',
  )
  report.figure(
    'keys.openedPerS',
    callsPerSecond(() => openEmail(keys, stored)),
    'opened whole',
  )
  report.figure(
    'keys.blindPerS',
    callsPerSecond((n) => keys.blind('address', `${n}@a.example`)),
    'blind keys',
  )
  await rotate(report, Math.min(largest, ROTATED))
}

async function rotate(report: Report, count: number): Promise<void> {
  await using database = await DatabaseProcess.start({ journal: true })
  const db = await openDatabase(new URL('/keys', database.url).href)
  const later = { ms: 0 }
  const clock = { ...realClock, now: () => new Date(Date.now() + later.ms) }
  const [workspaceKeys, root] = [new WorkspaceKeyStore(db), new RootKey(ROOT_KEY)]
  const vault = new Vault({ store: workspaceKeys, root, clock })
  const emails = new EmailStore({ db, vault })
  const { workspaceId } = anEmail()
  for (let n = 0; n < count; n += AT_ONCE)
    await emails.see(
      Array.from({ length: AT_ONCE }, (_, at) => anEmail({ identity: `id:${n + at}` })),
    )
  const rotation = new Rotation({ db, vault, workspaceKeys, root, clock })
  await rotation.begin(workspaceId)
  later.ms = 5 * MINUTE
  const begun = performance.now()
  const { left } = await rotation.goOn(workspaceId)
  if (left > 0) throw new Error(`${left} were not moved`)
  const seconds = (performance.now() - begun) / 1_000
  report.figure(`keys.rotateS.${short(count)}`, seconds, 's to move all to a new key')
  await db.close()
}
