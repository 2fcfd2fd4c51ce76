import type { NeverLogEntry, NeverLogRule } from '../../../models/wire/rules.ts'
import { readAddress, readDomain } from '../fields/addresses.ts'

export const KINDS = {
  'any-party': 'Any of them takes part',
  'all-parties': 'Only they take part, besides the mailbox itself',
} as const satisfies Record<NeverLogRule['kind'], string>

export const entryWords = (entry: NeverLogEntry): string =>
  entry.of === 'address'
    ? entry.value
    : `everybody at ${entry.value}${entry.subdomains ? ' and its subdomains' : ''}`

/** A rule in a sentence. */
export function ruleWords({ kind, entries }: Omit<NeverLogRule, 'id'>): string {
  const all = entries.map(entryWords).join(', ')
  return kind === 'any-party' ? `Mail with ${all}` : `Mail among ${all} alone`
}

/** One line of a rule as it is typed. */
export type Line = { key: number; text: string; subdomains: boolean }

/** Whether a line names a domain: then its subdomains are asked about. */
export const isDomainLine = ({ text }: Line): boolean => {
  const typed = text.trim()
  return typed !== '' && typed.lastIndexOf('@') < 1
}

export type ReadEntry = { entry: NeverLogEntry } | { problem: string }

/** What a line names; a whole domain where no name stands before the @. */
export function readLine(line: Line): ReadEntry {
  if (line.text.trim() === '') return { problem: 'Write an address or a domain, or take it away.' }
  if (!isDomainLine(line)) {
    const read = readAddress(line.text)
    return 'value' in read ? { entry: { of: 'address', value: read.value } } : read
  }
  const read = readDomain(line.text)
  return 'value' in read
    ? { entry: { of: 'domain', value: read.value, subdomains: line.subdomains } }
    : { problem: 'Write a whole address (name@company.com) or a domain (company.com).' }
}

export const lineOf = (entry: NeverLogEntry, key: number): Line => ({
  ...{ key, text: entry.value, subdomains: entry.of === 'domain' && entry.subdomains },
})
