import type { Row } from './row.ts'
import { contactRows } from './rows/contacts.ts'
import { diagnosticsRows } from './rows/diagnostics.ts'
import { erasureRows } from './rows/erasures.ts'
import { endingRows } from './rows/ending.ts'
import { followUpRows, paneFollowUpRows } from './rows/follow-up.ts'
import { mailRows } from './rows/mail.ts'
import { paneRows } from './rows/pane.ts'
import { ruleRows } from './rows/rules.ts'
import { serviceRows } from './rows/service.ts'

/** Every route with what everybody gets from it; one file for each topic. */
export const rows: Row[] = [
  ...mailRows,
  ...diagnosticsRows,
  ...paneRows,
  ...paneFollowUpRows,
  ...contactRows,
  ...followUpRows,
  ...ruleRows,
  ...endingRows,
  ...serviceRows,
  ...erasureRows,
]
