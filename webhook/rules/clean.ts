import {
  lockable,
  type Choices,
  type MailboxRules,
  type NeverLogEntry,
  type NeverLogRule,
  type WorkspaceRules,
} from '../../models/wire/rules.ts'
import { normaliseAddress, normaliseDomain } from '../crm/decide/addresses.ts'
import { BadRequestError } from '../errors.ts'
import type { Blind } from '../keys/workspace-keys.ts'
import { isTimeZone } from '../limits/days.ts'
import { isSameCategory } from '../provider/categories.ts'
import { IN_CRM_CATEGORY } from '../write-back/decide/change.ts'

/** Rules as they are kept: addresses and domains in the one spelling that is compared, never-log rules with their names. */
export function cleanWorkspaceRules(rules: WorkspaceRules, blind: Blind): WorkspaceRules {
  refuseOwnCategory(rules)
  if (!isTimeZone(rules.timeZone)) throw wrong('timeZone', 'must be a time zone: Europe/Vienna')
  return {
    ...rules,
    locked: lockable.filter((key) => rules.locked.includes(key)),
    neverLog: cleanRules(rules.neverLog, blind),
    ownDomains: rules.ownDomains.map((text, at) => domain(text, `ownDomains.${at}`)),
    ...(rules.dropBox && {
      dropBox: { ...rules.dropBox, address: address(rules.dropBox.address, 'dropBox.address') },
    }),
    privacyAddresses: rules.privacyAddresses.map((text, at) =>
      address(text, `privacyAddresses.${at}`),
    ),
  }
}

/** Throws where a choice was made that the organization has locked. */
export function cleanMailboxRules(
  rules: MailboxRules,
  { locked, ...policy }: WorkspaceRules,
  blind: Blind,
): MailboxRules {
  refuseOwnCategory(rules)
  for (const key of locked)
    if (key !== 'windowDays' && rules[key] !== undefined && rules[key] !== policy[key])
      throw wrong(key, 'is locked by an administrator of your organization')
  return { ...rules, neverLog: cleanRules(rules.neverLog, blind) }
}

/** What is in the CRM bears that one, and would be kept out by it. */
function refuseOwnCategory({ noCrmCategory }: Choices): void {
  if (noCrmCategory !== undefined && isSameCategory(noCrmCategory, IN_CRM_CATEGORY))
    throw wrong(
      'noCrmCategory',
      `must be another than ${IN_CRM_CATEGORY}, which marks what is in the CRM`,
    )
}

const cleanRules = (rules: NeverLogRule[], blind: Blind): NeverLogRule[] =>
  rules.map(({ kind, entries }, at) => {
    const clean = entries.map((entry, nth) => cleaned(entry, `neverLog.${at}.entries.${nth}.value`))
    return { id: idOf(blind, { kind, entries: clean }), kind, entries: clean }
  })

const ID_CHARS = 10

/** The same rule has the same name, in whatever order its entries are; and it tells nobody whom it is about. */
function idOf(blind: Blind, { kind, entries }: Omit<NeverLogRule, 'id'>): string {
  const spelt = entries.map(({ of, value, ...more }) => JSON.stringify([of, value, more]))
  return blind('domain', JSON.stringify([kind, spelt.toSorted()])).slice(0, ID_CHARS)
}

const cleaned = (entry: NeverLogEntry, path: string): NeverLogEntry =>
  entry.of === 'address'
    ? { ...entry, value: address(entry.value, path) }
    : { ...entry, value: domain(entry.value, path) }

function address(text: string, path: string): string {
  const spelt = normaliseAddress(text)
  if (spelt === null) throw wrong(path, 'must be an e-mail address')
  return spelt
}

function domain(text: string, path: string): string {
  const spelt = normaliseDomain(text)
  if (spelt === null) throw wrong(path, 'must be a domain such as example.com')
  return spelt
}

const wrong = (path: string, message: string) =>
  new BadRequestError('These rules cannot be saved.', [{ path: `rules.${path}`, message }])
