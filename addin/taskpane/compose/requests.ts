import { ChoiceId, type ComposeRequest } from '../../../models/wire/pane/compose.ts'
import type { DraftFacts } from '../../office/compose.ts'

/** The service takes no more of a kind, and Outlook tells of no more (outlook-addin 2.8). */
const MOST_PARTIES = 1_000
const MOST_CATEGORIES = 100

/** How the CRM is asked about a draft. A header line that is none of ours is left alone. */
export function draftRequestOf(facts: DraftFacts): ComposeRequest {
  const { mailboxAddress, to, cc, bcc, categories, sensitivity, choiceId, conversationId } = facts
  return {
    ...{ mailboxAddress, sensitivity },
    ...(conversationId ? { conversationId } : {}),
    to: to.slice(0, MOST_PARTIES),
    cc: cc.slice(0, MOST_PARTIES),
    bcc: bcc.slice(0, MOST_PARTIES),
    categories: categories.slice(0, MOST_CATEGORIES),
    choiceId: ChoiceId.safeParse(choiceId).data ?? null,
  }
}
