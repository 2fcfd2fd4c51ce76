import { encodeText } from './charset.ts'

export type Address = { address: string; name?: string }
export type Header = readonly [name: string, value: string]

/** RFC 2047 2 allows 75 a word and 76 a line; ours leave room for "Subject: " before the first. */
const ENCODED_WORD_CHARACTERS = 66
/** RFC 5322 2.1.1: a line should be at most 78 characters. */
const LINE_CHARACTERS = 78

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const weekdays = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ')

/** Plain ASCII as it is; anything else as RFC 2047 base64 words, each whole in its charset. */
export function encodeWords(text: string, charset = 'utf-8'): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text
  const wrap = (part: string) =>
    `=?${charset}?B?${Buffer.from(encodeText(part, charset)).toString('base64')}?=`
  const words: string[] = []
  let part = ''
  for (const character of text) {
    if (part && wrap(part + character).length > ENCODED_WORD_CHARACTERS) {
      words.push(wrap(part))
      part = ''
    }
    part += character
  }
  return [...words, wrap(part)].join(' ')
}

/** 'Nora Lindqvist <nora@northwind.test>' or a bare address, read apart. */
export function parseAddress(text: string | Address): Address {
  if (typeof text !== 'string') return text
  const [, words = '', address] = /^([^<]*)<(.+)>\s*$/.exec(text) ?? []
  if (!address) return { address: text.trim() }
  const name = words.trim().replace(/^"|"$/g, '')
  return name ? { name, address } : { address }
}

export function formatAddress({ name, address }: Address, charset = 'utf-8'): string {
  if (!name) return address
  const safe = /[^\x20-\x7e]/.test(name) ? encodeWords(name, charset) : quoteIfNeeded(name)
  return `${safe} <${address}>`
}

const quoteIfNeeded = (name: string) =>
  /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`

/** RFC 5322 3.3 date-time, told in the writer's own UTC offset such as '+0900'. */
export function formatDate(date: Date, utcOffset = '+0000'): string {
  const local = new Date(date.getTime() + offsetMinutes(utcOffset) * 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${weekdays[local.getUTCDay()]}, ${local.getUTCDate()} ${months[local.getUTCMonth()]}`
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two)
  return `${day} ${local.getUTCFullYear()} ${time.join(':')} ${utcOffset}`
}

function offsetMinutes(utcOffset: string): number {
  const sign = utcOffset.startsWith('-') ? -1 : 1
  return sign * (Number(utcOffset.slice(1, 3)) * 60 + Number(utcOffset.slice(3, 5)))
}

/** `; filename="plan.xlsx"`, or RFC 2231's form when the value is not ASCII. */
export function parameter(name: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `; ${name}="${value.replace(/["\\]/g, '\\$&')}"`
  return `; ${name}*=utf-8''${encodeURIComponent(value).replace(/['()*]/g, percent)}`
}

const percent = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** One header with CRLF at its end, folded at spaces. */
export function headerLine([name, value]: Header): string {
  let line = `${name}:`
  const lines: string[] = []
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > LINE_CHARACTERS && line.trim() && line !== `${name}:`) {
      lines.push(line)
      line = ''
    }
    line += ` ${word}`
  }
  return `${[...lines, line].join('\r\n')}\r\n`
}
