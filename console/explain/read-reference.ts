import type { ExplainQuestion } from '../../models/wire/explain.ts'

export type Reference = { question: ExplainQuestion } | { problem: string }

const EMPTY = 'Paste the Message-ID of the mail, or a link to it in Outlook.'
const UNKNOWN =
  'This is neither a Message-ID (it looks like <…@…>) nor a link to a mail in Outlook.'
const CONVERSATION =
  'This link is to a whole conversation. Open the one mail in a window of its own and copy that link, or paste its Message-ID.'
const NO_ID = 'This link does not say which mail it is to. Paste its Message-ID instead.'

/** What somebody pasted to say which mail is meant: a Message-ID, its header line, a link of Outlook's, or an item's id. */
export function readReference(pasted: string): Reference {
  const text = pasted.trim()
  if (text === '') return { problem: EMPTY }
  if (/^https?:\/\//i.test(text)) return readLink(text)
  const bare = text.replace(/^message-id:\s*/i, '')
  const messageId = /<[^<>\s]+@[^<>\s]+>/.exec(bare)?.[0] ?? /^[^<>\s]+@[^<>\s]+$/.exec(bare)?.[0]
  if (messageId) return { question: { internetMessageId: bracketed(messageId) } }
  return readItemId(text, UNKNOWN)
}

const bracketed = (id: string): string => (id.startsWith('<') ? id : `<${id}>`)

/** Outlook on the web names the item as `ItemID=` in older links, and as the part after `/id/` in newer ones. */
function readLink(text: string): Reference {
  const link = URL.canParse(text) ? new URL(text) : null
  if (!link) return { problem: NO_ID }
  const named = [...link.searchParams].find(([name]) => name.toLowerCase() === 'itemid')?.[1]
  const inPath = /\/id\/([^/]+)/i.exec(link.pathname)?.[1]
  // A plus that was not encoded is read as a space.
  const id = named?.replaceAll(' ', '+') ?? (inPath && decoded(inPath))
  return id ? readItemId(id, NO_ID) : { problem: NO_ID }
}

/** An item's id is base64. Links write it with `/` and `+`, which Graph's ids have as `-` and `_`. */
function readItemId(id: string, problem: string): Reference {
  if (!/^[\w+/=-]{30,1024}$/.test(id)) return { problem }
  if (id.startsWith('AAQk')) return { problem: CONVERSATION } // what ids of conversations begin with
  return { question: { messageId: id.replaceAll('/', '-').replaceAll('+', '_') } }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
