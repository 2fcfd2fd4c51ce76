import type { ProviderMessage, Sensitivity } from '../../provider.ts'
import { SENSITIVITY, type ExpandedMessage } from '../schemas.ts'

type Given = Pick<ExpandedMessage, 'internetMessageHeaders' | 'singleValueExtendedProperties'>

/** What the lines of a message's header tell, and nothing else does. Mail that was written here has no such lines. */
export function headerFacts(
  message: Given,
): Pick<ProviderMessage, 'machine' | 'references' | 'inReplyTo' | 'sensitivity'> {
  const lines = message.internetMessageHeaders ?? []
  const named = (name: string): string | null =>
    lines.find((line) => line.name?.toLowerCase() === name)?.value?.trim() ?? null
  const references = messageIdsIn(named('references'))
  const [inReplyTo = null] = messageIdsIn(named('in-reply-to'))
  return {
    machine: {
      hasListId: named('list-id') !== null,
      autoSubmitted: named('auto-submitted'),
      precedence: named('precedence'),
      hasNullReturnPath: /^<\s*>$/.test(named('return-path') ?? ''),
    },
    ...{ references, inReplyTo },
    sensitivity: sensitivityOf(message) ?? wordOf(named('sensitivity')) ?? 'normal',
  }
}

/** A header can be as long as a sender likes; a thread is known by its newest ancestors and its root. */
const MOST_REFERENCES = 50

function messageIdsIn(text: string | null): string[] {
  const ids = text?.match(/<[^<>\s]{1,995}>/g) ?? []
  return ids.length <= MOST_REFERENCES
    ? ids
    : [...ids.slice(0, 1), ...ids.slice(1 - MOST_REFERENCES)]
}

/** By the number of PidTagSensitivity (MS-OXCMSG 2.2.1.13). */
const BY_NUMBER: readonly Sensitivity[] = ['normal', 'personal', 'private', 'confidential']

const sensitivityOf = ({ singleValueExtendedProperties }: Given): Sensitivity | undefined => {
  const property = singleValueExtendedProperties?.find(({ id }) => isSensitivity(id ?? ''))
  return BY_NUMBER[Number(property?.value ?? NaN)]
}

/** Graph may write the tag with leading zeros: `Integer 0x0036`. */
const isSensitivity = (id: string): boolean =>
  id.toLowerCase().replace(/0x0+/, '0x') === SENSITIVITY.toLowerCase()

/** RFC 2156 5.3.4; what it says beyond these words means nothing. */
const WORDS = new Map<string, Sensitivity>([
  ['personal', 'personal'],
  ['private', 'private'],
  ['company-confidential', 'confidential'],
])

const wordOf = (text: string | null): Sensitivity | undefined =>
  WORDS.get(text?.toLowerCase() ?? '')
