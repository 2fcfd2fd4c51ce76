import type { Db } from 'mongodb'
import { emailFaults } from './email-rules.ts'
import { restFaults } from './folder-rules.ts'
import { ledgerFaults } from './ledger-rules.ts'
import { readFacts, type Facts } from './store-view.ts'

/**
 * Compares what the service stored with what is true, and says in sentences what is broken; nothing when all is well.
 * It shares no code with the service: it reads the database with the plain driver, and the truth from the twin.
 */
export async function brokenPromises(
  db: Db,
  truth: Pick<Facts, 'truth' | 'workspaceId'>,
): Promise<string[]> {
  const facts = await readFacts(db, truth)
  return [...ledgerFaults(facts), ...emailFaults(facts), ...restFaults(facts)]
}
