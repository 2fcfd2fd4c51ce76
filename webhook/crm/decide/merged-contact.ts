import { normaliseAddress } from './addresses.ts'

export type MergingContact = {
  name: string
  jobTitle: string
  phone: string
  companyId: string | null
  addresses: { address: string; formerSince: string | null }[]
}

/** What the kept contact is after taking the other one over: its own words first, gaps filled, every address of both. */
export function mergedContact(kept: MergingContact, absorbed: MergingContact): MergingContact {
  const known = new Set(kept.addresses.map(({ address }) => keyOf(address)))
  const more = absorbed.addresses.filter(({ address }) => !known.has(keyOf(address)))
  return {
    name: kept.name || absorbed.name,
    jobTitle: kept.jobTitle || absorbed.jobTitle,
    phone: kept.phone || absorbed.phone,
    companyId: kept.companyId ?? absorbed.companyId,
    addresses: inUseFirst([...kept.addresses, ...more]),
  }
}

/**
 * The kept contact without what the merge gave it: exactly what it was, except where somebody has changed it since. Of
 * its addresses, what came by the merge goes and what came or went by hand stays so.
 */
export function unmergedContact(
  now: MergingContact,
  { before, after }: { before: MergingContact; after: MergingContact },
): MergingContact {
  const back = <Key extends 'name' | 'jobTitle' | 'phone' | 'companyId'>(key: Key) =>
    now[key] === after[key] ? before[key] : now[key]
  if (JSON.stringify(now) === JSON.stringify(after)) return before
  const own = new Set(before.addresses.map(({ address }) => keyOf(address)))
  const given = new Set(after.addresses.map(({ address }) => keyOf(address)))
  return {
    name: back('name'),
    jobTitle: back('jobTitle'),
    phone: back('phone'),
    companyId: back('companyId'),
    addresses: now.addresses.filter(
      ({ address }) => own.has(keyOf(address)) || !given.has(keyOf(address)),
    ),
  }
}

export const inUseFirst = <T extends { formerSince: string | null }>(addresses: T[]): T[] => [
  ...addresses.filter(({ formerSince }) => formerSince === null),
  ...addresses.filter(({ formerSince }) => formerSince !== null),
]

const keyOf = (address: string) => normaliseAddress(address) ?? address
