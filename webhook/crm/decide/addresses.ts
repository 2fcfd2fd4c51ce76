import { domainToASCII } from 'node:url'

/** RFC 5321 4.5.3.1: 64 for the local part, 255 for the domain; the sum, as real local parts are longer at times. */
const MOST_CHARS = 320
/** RFC 1035 2.3.4, after IDNA; the underscore is no host's, and in use. */
const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/
/** RFC 5322 3.2.3 atext, RFC 6532 beyond ASCII, and dots wherever people put them (Japanese carriers gave out `jane.@`). */
const BARE_LOCAL = /^[^\s"(),:;<>@[\\\]\p{C}\p{Z}]+$/u
const IPV4 = /^\d+(?:\.\d+){3}$/
const LITERAL = /^\[[\d.:a-f]{2,}\]$/
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u

/** One address in the forms that look-ups need. */
export type AddressForms = { exact: string; folded: string; domain: string }

/**
 * The one spelling of an address that keys are made of (reliability 5.1: trim, NFKC, lower case, IDNA): equal for what
 * reaches the same place, null for what is no address. Comments go, needless quotes too; a display name is no address.
 */
export function normaliseAddress(text: string): string | null {
  const parts = partsOf(text)
  return parts && join(parts)
}

/** The same without its plus tag: `jane+news@` is read by whoever reads `jane@`. */
export function foldedAddress(text: string): string | null {
  return addressForms(text)?.folded ?? null
}

/** The address's domain in ASCII. */
export function domainOf(address: string): string | null {
  return partsOf(address)?.domain ?? null
}

/** A domain as somebody writes it, in the spelling of `domainOf`; a leading @ is forgiven. */
export function normaliseDomain(text: string): string | null {
  return domainIn(clean(text).replace(/^@/, ''))
}

/** All forms at once: exact, without plus tag, and the domain. */
export function addressForms(text: string): AddressForms | null {
  const parts = partsOf(text)
  if (!parts) return null
  const { local, domain } = parts
  const plus = BARE_LOCAL.test(local) ? local.indexOf('+') : -1
  const folded = plus > 0 ? join({ local: local.slice(0, plus), domain }) : join(parts)
  return { exact: join(parts), folded, domain }
}

/** The address as it would be at another domain of the same company. */
export function atDomain(address: string, domain: string): string | null {
  const parts = partsOf(address)
  return parts && join({ local: parts.local, domain })
}

type Parts = { local: string; domain: string }

function partsOf(text: string): Parts | null {
  if (text.length > 2 * MOST_CHARS) return null
  const whole = withoutComments(clean(text))
  if (whole === null || whole.length > MOST_CHARS || INVISIBLE.test(whole)) return null
  const at = whole.lastIndexOf('@')
  if (at < 1) return null
  const local = localIn(whole.slice(0, at).trim())
  const domain = domainIn(whole.slice(at + 1).trim())
  return local !== null && domain !== null ? { local, domain } : null
}

const clean = (text: string): string =>
  // Lower case can undo NFKC (capital I with a dot), so it is applied on both sides.
  text.normalize('NFKC').toLowerCase().normalize('NFKC').trim()

/** RFC 5322 3.2.2: comments nest, and quotes hide their brackets. Null when something is left open. */
function withoutComments(text: string): string | null {
  if (!/[("]/.test(text)) return text
  let depth = 0
  let isQuoted = false
  let kept = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const isPair = char === '\\' && (isQuoted || depth > 0)
    const piece = isPair ? text.slice(at, ++at + 1) : char
    if (piece === '"' && depth === 0) isQuoted = !isQuoted
    if (piece === '(' && !isQuoted) depth++
    else if (piece === ')' && depth > 0) depth--
    else if (depth === 0) kept += piece
  }
  return depth === 0 && !isQuoted ? kept.trim() : null
}

/** What is between the quotes, or the bare text; null when it is neither. */
function localIn(text: string): string | null {
  if (BARE_LOCAL.test(text)) return text
  if (!/^"(?:[^"\\]|\\.)+"$/u.test(text)) return null
  return text.slice(1, -1).replace(/\\(.)/gu, '$1')
}

function domainIn(text: string): string | null {
  if (LITERAL.test(text)) return text
  if (/[\s/\\:?#%@[\]]/.test(text)) return null // the host parser would read these as something else
  const ascii = domainToASCII(text.replace(/[.。]$/u, ''))
  const isName = ascii.split('.').every((label) => LABEL.test(label))
  return isName && !IPV4.test(ascii) ? ascii : null // it makes 127.0.0.1 of 0x7f.1
}

const join = ({ local, domain }: Parts): string =>
  `${BARE_LOCAL.test(local) ? local : `"${local.replace(/["\\]/g, '\\$&')}"`}@${domain}`
