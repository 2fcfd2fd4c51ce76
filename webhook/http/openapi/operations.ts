import type { Operation } from './operation.ts'
import { paneOperations } from './operations/pane/pane.ts'
import { composeOperations } from './operations/pane/compose.ts'
import { paneFollowUpOperations } from './operations/pane/follow-up.ts'
import { attachmentOperations } from './operations/attachments.ts'
import { contactOperations } from './operations/contacts.ts'
import { diagnosticsOperations } from './operations/health/diagnostics.ts'
import { contactUpkeepOperations } from './operations/contact-upkeep.ts'
import { emailOperations } from './operations/emails.ts'
import { endingOperations } from './operations/ending.ts'
import { erasureOperations } from './operations/erasures.ts'
import { followUpOperations } from './operations/contacts/follow-up.ts'
import { mailboxOperations } from './operations/mailboxes.ts'
import { peopleOperations } from './operations/people.ts'
import { readingOperations } from './operations/reading.ts'
import { ruleOperations } from './operations/rules.ts'
import { serviceOperations } from './operations/service.ts'
import { threadOperations } from './operations/threads.ts'

/** Every route of the service, by topic. A test compares it with what Express has mounted. */
export const operations: readonly Operation[] = [
  ...mailboxOperations,
  ...diagnosticsOperations,
  ...emailOperations,
  ...paneOperations,
  ...composeOperations,
  ...paneFollowUpOperations,
  ...readingOperations,
  ...threadOperations,
  ...attachmentOperations,
  ...peopleOperations,
  ...erasureOperations,
  ...contactOperations,
  ...contactUpkeepOperations,
  ...followUpOperations,
  ...ruleOperations,
  ...endingOperations,
  ...serviceOperations,
]
