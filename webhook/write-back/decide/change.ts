import { isSameCategory } from '../../provider/categories.ts'

/** By which people see in Outlook what is in the CRM (product 4.3). */
export const IN_CRM_CATEGORY = 'FlowCRM'

/** How a message looks in its mailbox. */
export type Marks = { isRead: boolean; categories: readonly string[] }

/** What is known of it here; `wasMarked`: it has borne our category since we put it on. */
export type Known = { isInCrm: boolean; wasMarked: boolean; wishedRead: boolean | null }

/** What is to be written to it; left out what stays as it is. */
export type MarksChange = { isRead?: boolean; categories?: string[] }

/**
 * What is to be changed on a message so that it shows what the CRM has; null: nothing. The category is put on once, so that
 * who takes it off has the last word, and is taken off only when it is ours and the e-mail has left. Pure.
 */
export function changeOf(
  now: Marks,
  { isInCrm, wasMarked, wishedRead }: Known,
): MarksChange | null {
  const bears = now.categories.some(isOurs)
  const change: MarksChange = {
    ...(isInCrm && !wasMarked && !bears && { categories: [...now.categories, IN_CRM_CATEGORY] }),
    ...(!isInCrm &&
      wasMarked &&
      bears && { categories: now.categories.filter((one) => !isOurs(one)) }),
    ...(wishedRead !== null && wishedRead !== now.isRead && { isRead: wishedRead }),
  }
  return Object.keys(change).length > 0 ? change : null
}

const isOurs = (category: string): boolean => isSameCategory(category, IN_CRM_CATEGORY)
