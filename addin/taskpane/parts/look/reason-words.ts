import type { LookContact } from '../../../../models/wire/pane/look.ts'

type Reason = LookContact['reasons'][number]

const BY_ROLE: Record<NonNullable<Reason['role']>, string> = {
  from: 'Wrote it from',
  sender: 'Sent it from',
  'reply-to': 'Answers go to',
  to: 'To',
  cc: 'In copy at',
  bcc: 'In blind copy at',
}
const BY_WAY: Record<Reason['by'], string> = {
  address: '',
  'plus-tag': ', with a tag',
  'alias-domain': ', another domain of the company',
  relay: ', which another sender wrote for',
  pinned: '',
}

/** Why a contact is matched, short enough for a narrow pane; who sends their own mail is told once. */
export function reasonWords(reasons: readonly Reason[]): string[] {
  const writes = reasons.find(({ role }) => role === 'from')?.address
  const told = reasons.filter(({ role, address }) => role !== 'sender' || address !== writes)
  return told.map(wordsOf)
}

function wordsOf({ by, role, address }: Reason): string {
  if (by === 'pinned' || role === null) return 'A person said so'
  return `${BY_ROLE[role]} ${address ?? ''}${BY_WAY[by]}`
}
