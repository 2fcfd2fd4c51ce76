/** How much of a matched e-mail a mailbox's owner lets colleagues see (product 4.6). */
export const sharingLevels = ['full', 'subject', 'metadata', 'private'] as const
export type SharingLevel = (typeof sharingLevels)[number]

/** What somebody may see of an e-mail: nothing; who and when; the subject as well; everything. */
export const visibilityLevels = ['none', 'metadata', 'subject', 'full'] as const
export type Visibility = (typeof visibilityLevels)[number]

export type VisibilityFacts = {
  viewer: { userId: string; roles: readonly string[] }
  /** Where the e-mail was seen, with what the mailbox there shares; logged by hand without a mailbox: private. */
  sightings: readonly { ownerUserId: string; sharing: SharingLevel }[]
  /** It belongs to a contact, and not by a word alone that was said of another thread. */
  isMatched: boolean
}

/**
 * Who sees what (product 4.6). Owners see their own. Colleagues see what is matched, and of that as much as the most open
 * of its mailboxes shares: each owner decides on their own copy. No role sees more than a member; auditors and
 * administrators have the audit log and the settings, not other people's mail. Pure.
 */
export function visibilityOf({ viewer, sightings, isMatched }: VisibilityFacts): Visibility {
  if (sightings.some(({ ownerUserId }) => ownerUserId === viewer.userId)) return 'full'
  if (!isMatched || !viewer.roles.includes('member')) return 'none'
  const shared = sightings.map(({ sharing }) => (sharing === 'private' ? 'none' : sharing))
  return visibilityLevels.findLast((level) => shared.includes(level)) ?? 'none'
}
