import type { AddressForms } from '../../../crm/decide/addresses.ts'
import type { NeverLogEntry, NeverLogRule } from '../rules.ts'

/** The first rule that keeps mail of these people out. `others`: all but the mailbox itself. */
export const neverLogRuleFor = (
  rules: readonly NeverLogRule[],
  { parties, others }: { parties: readonly AddressForms[]; others: readonly AddressForms[] },
): NeverLogRule | undefined =>
  rules.find(({ kind, entries }) => {
    const isListed = (party: AddressForms) => entries.some((entry) => isOf(entry, party))
    return kind === 'any-party'
      ? parties.some(isListed)
      : others.length > 0 && others.every(isListed)
  })

/** `jane@` is meant by `jane+news@` too, and not the other way round. */
function isOf(entry: NeverLogEntry, { exact, folded, domain }: AddressForms): boolean {
  if (entry.of === 'address') return entry.value === exact || entry.value === folded
  return domain === entry.value || (entry.subdomains && domain.endsWith(`.${entry.value}`))
}
