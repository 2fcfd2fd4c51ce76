import type { Choices } from '../../../models/wire/rules.ts'

/** A choice among few, with words for each. */
export type ChoiceKey = 'scope' | 'direction' | 'internalOnly' | 'automated'

type Question = { label: string; hint: string; options: readonly (readonly [string, string])[] }

/** What can be chosen, and what it means. */
export const QUESTIONS: { [Key in ChoiceKey]: Question } = {
  scope: {
    label: 'Mail that is logged',
    hint: 'Mail that is left out for want of a contact comes in by itself when one of its people becomes a contact.',
    options: [
      ['all', 'All mail in the watched folders'],
      ['contacts', 'Only mail in which a contact takes part'],
    ],
  },
  direction: {
    label: 'What goes back to Outlook',
    hint: 'When something goes back, a mail that is in the CRM gets the category “FlowCRM” in Outlook, and a mail that its owner opens here counts as read there. For that, Microsoft asks once for one more permission, Mail.ReadWrite.',
    options: [
      ['one-way', 'Nothing'],
      ['two-way', 'Read state and the category FlowCRM'],
    ],
  },
  internalOnly: {
    label: 'Mail among colleagues only',
    hint: 'Mail in which everybody belongs to your organization.',
    options: [
      ['keep-out', 'Stays out'],
      ['store', 'Is logged'],
    ],
  },
  automated: {
    label: 'Mail that machines send',
    hint: 'Mailing lists, automatic answers and no-reply senders.',
    options: [
      ['store', 'Is logged'],
      ['keep-out', 'Stays out'],
    ],
  },
}

/** The words for a value. A scope of `folders` means what `all` means. */
export function wordsFor(key: ChoiceKey, value: string | undefined): string {
  const { options } = QUESTIONS[key]
  const chosen = optionFor(key, value)
  return options.find(([option]) => option === chosen)?.[1] ?? ''
}

/** The option that stands for a value; '' where nothing was chosen. */
export const optionFor = (key: ChoiceKey, value: string | undefined): string =>
  key === 'scope' && value === 'folders' ? 'all' : (value ?? '')

/** The same rules with another choice; `undefined`: none, so that what is inherited holds. */
export function withChoice<Rules extends Choices>(
  rules: Rules,
  key: ChoiceKey | 'noCrmCategory',
  value: string | undefined,
): Rules {
  const { [key]: _before, ...rest } = rules
  return (value === undefined ? rest : { ...rest, [key]: value }) as Rules
}
