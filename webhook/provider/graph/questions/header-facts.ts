import type { ProviderMessage, Sensitivity } from '../../provider.ts'
import { ChoiceId } from '../../../../models/wire/pane/compose.ts'
import { CHOICE_HEADER } from '../../../../models/wire/pane/limits.ts'
import {
  CHOICE,
  CONTENT_CLASS,
  MESSAGE_CLASS,
  SENSITIVITY,
  type ExpandedMessage,
} from '../schemas.ts'
import { isProtected } from './protection.ts'

type Given = Pick<
  ExpandedMessage,
  'internetMessageHeaders' | 'singleValueExtendedProperties' | 'bodyPreview'
>

type Told = 'machine' | 'references' | 'inReplyTo' | 'sensitivity' | 'choiceId' | 'isProtected'

/** What the lines of a message's header tell, and nothing else does. Mail that was written here has no such lines. */
export function headerFacts(message: Given): Pick<ProviderMessage, Told> {
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
    ...choiceOf(message, named),
    sensitivity: sensitivityOf(message) ?? wordOf(named('sensitivity')) ?? 'normal',
    isProtected: isProtected({
      messageClass: valueOf(message, MESSAGE_CLASS),
      contentClass: valueOf(message, CONTENT_CLASS) ?? named('content-class'),
      contentType: named('content-type'),
      preview: message.bodyPreview ?? '',
    }),
  }
}

/**
 * What came by mail has the line of whoever wrote it, and anybody can write one: it counts only where no server has passed
 * the message on.
 */
function choiceOf(
  message: Given,
  named: (name: string) => string | null,
): Pick<ProviderMessage, 'choiceId'> {
  if (named('received') !== null) return {}
  const choice = ChoiceId.safeParse(named(CHOICE_HEADER) ?? valueOf(message, CHOICE))
  return choice.success ? { choiceId: choice.data } : {}
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

const sensitivityOf = (message: Given): Sensitivity | undefined =>
  BY_NUMBER[Number(valueOf(message, SENSITIVITY) ?? NaN)]

const valueOf = ({ singleValueExtendedProperties: properties }: Given, id: string) =>
  properties?.find((property) => plain(property.id ?? '') === plain(id))?.value ?? null

/** Graph may write a tag with leading zeros, `Integer 0x0036`, and an id in other letters. */
const plain = (id: string): string => id.toLowerCase().replace(/\b0x0+/, '0x')

/** RFC 2156 5.3.4; what it says beyond these words means nothing. */
const WORDS = new Map<string, Sensitivity>([
  ['personal', 'personal'],
  ['private', 'private'],
  ['company-confidential', 'confidential'],
])

const wordOf = (text: string | null): Sensitivity | undefined =>
  WORDS.get(text?.toLowerCase() ?? '')
