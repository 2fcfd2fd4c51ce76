import type { Operation } from './operation.ts'
import { attachmentOperations } from './operations/attachments.ts'
import { contactOperations } from './operations/contacts.ts'
import { contactUpkeepOperations } from './operations/contact-upkeep.ts'
import { emailOperations } from './operations/emails.ts'
import { mailboxOperations } from './operations/mailboxes.ts'
import { peopleOperations } from './operations/people.ts'
import { readingOperations } from './operations/reading.ts'
import { ruleOperations } from './operations/rules.ts'
import { serviceOperations } from './operations/service.ts'

/** Every route of the service, by topic. A test compares it with what Express has mounted. */
export const operations: readonly Operation[] = [
  ...mailboxOperations,
  ...emailOperations,
  ...readingOperations,
  ...attachmentOperations,
  ...peopleOperations,
  ...contactOperations,
  ...contactUpkeepOperations,
  ...ruleOperations,
  ...serviceOperations,
]
