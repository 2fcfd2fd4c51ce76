import type { Db } from 'mongodb'
import { readArchive } from './archive-view.ts'
import { attachmentFaults } from './attachment-rules.ts'
import { emailFaults, markFaults } from './email-rules.ts'
import { restFaults } from './folder-rules.ts'
import { ledgerFaults } from './ledger-rules.ts'
import { openersOf } from './opener.ts'
import { readFacts, type Known } from './store-view.ts'

/**
 * Compares what the service stored with what is true, and says in sentences what is broken; nothing when all is well.
 * It shares no code with the service: it reads the database with the plain driver and opens what is sealed by the documented
 * format, and takes the truth from the twin.
 */
export async function brokenPromises(db: Db, known: Known): Promise<string[]> {
  const facts = await readFacts(db, known)
  const { openStream } = await openersOf(db, known.rootKey)
  return [
    ...ledgerFaults(facts),
    ...emailFaults(facts),
    ...attachmentFaults(await readArchive(db), openStream),
    ...restFaults(facts),
    ...markFaults(facts),
  ]
}
