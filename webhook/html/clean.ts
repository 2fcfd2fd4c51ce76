import sanitize from 'sanitize-html'
import { pictureSource, safeLink, type Pictures } from './addresses.ts'
import {
  ATTRIBUTES,
  COMMON_ATTRIBUTES,
  DEEPEST,
  SILENT_TAGS,
  TAGS,
  TAGS_WITHOUT_END,
} from './policy.ts'
import { safeStyle } from './styles.ts'

export type Cleaned = {
  html: string
  /** How many pictures lie elsewhere and were left out because the reader did not ask for them. */
  blockedRemote: number
}

/** Real mail is what it stays after one pass or two; each pass can only take away. */
const MOST_PASSES = 8

/** The HTML does not come to rest: a browser might read it in yet another way. */
export class RestlessHtmlError extends Error {}

/**
 * The mail as it can be shown: no script, no style sheet, no form, nothing that loads by itself but what `pictures` lets,
 * nothing that another page could be mistaken for. Cleaning it again changes nothing: what a parser made of the tags is
 * parsed once more until it says the same.
 */
export function clean(html: string, pictures: Pictures): Cleaned {
  const first = cleanOnce(html, pictures)
  let settled = first.html
  for (let pass = 1; pass < MOST_PASSES; pass++) {
    const { html: next } = cleanOnce(settled, pictures)
    if (next === settled) return { html: settled, blockedRemote: first.blockedRemote }
    settled = next
  }
  throw new RestlessHtmlError('The HTML does not come to rest.')
}

function cleanOnce(html: string, pictures: Pictures): Cleaned {
  let blockedRemote = 0
  const safeTag: sanitize.Transformer = (tagName, attribs) => {
    const safe = safeAttributes(tagName, attribs)
    if (tagName === 'a') Object.assign(safe, linkAttributes(attribs['href']))
    if (tagName === 'img') {
      const source = pictureSource(attribs['src'] ?? '', pictures)
      if (source.kind === 'shown') safe['src'] = source.src
      if (source.kind === 'blocked') blockedRemote++
    }
    return { tagName, attribs: safe }
  }
  const cleaned = sanitize(html, { ...SETTINGS, transformTags: { '*': safeTag } })
  return { html: cleaned, blockedRemote }
}

const LINK_ATTRIBUTES = ['href', 'target', 'rel']

const SETTINGS: sanitize.IOptions = {
  allowedTags: TAGS,
  nonTextTags: SILENT_TAGS,
  selfClosing: TAGS_WITHOUT_END,
  nestingLimit: DEEPEST,
  // Which values is settled by `safeTag`; that no other name comes through is said a second time here.
  allowedAttributes: {
    ...Object.fromEntries([...ATTRIBUTES].map(([tag, values]) => [tag, Object.keys(values)])),
    '*': ['style', ...Object.keys(COMMON_ATTRIBUTES)],
    a: LINK_ATTRIBUTES,
    img: ['src', ...Object.keys(ATTRIBUTES.get('img') ?? {})],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['https', 'data'] },
  parseStyleAttributes: false, // `safeStyle` has made them
}

/** By the names we know, not by those the tag has, of which there can be any number. */
function safeAttributes(tag: string, attribs: sanitize.Attributes): sanitize.Attributes {
  const safe: sanitize.Attributes = {}
  for (const values of [COMMON_ATTRIBUTES, ATTRIBUTES.get(tag) ?? {}])
    for (const [name, pattern] of Object.entries(values)) {
      const value = attribs[name]?.trim()
      if (value !== undefined && pattern.test(value)) safe[name] = value
    }
  const style = safeStyle(attribs['style'] ?? '')
  if (style) safe['style'] = style
  return safe
}

/** A link opens a page of its own, which learns neither where it was clicked nor gets hold of our window. */
function linkAttributes(href: string | undefined): sanitize.Attributes {
  const link = safeLink(href ?? '')
  return link ? { href: link, target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
}
