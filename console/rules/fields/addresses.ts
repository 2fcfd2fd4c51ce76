import type { Read } from './list-field.tsx'

/** A look at what was typed, so that most mistakes are told at once; the service has the last word. */
const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>/]+\.[^\s@,;<>/]+$/
const DOMAIN = /^[^\s@,;<>/:.]+(?:\.[^\s@,;<>/:.]+)+$/

const MOST_ADDRESS_CHARS = 320
const MOST_DOMAIN_CHARS = 254

export function readAddress(text: string): Read {
  const value = text.trim().toLowerCase()
  return ADDRESS.test(value) && value.length <= MOST_ADDRESS_CHARS
    ? { value }
    : { problem: 'Write an e-mail address, such as name@company.com.' }
}

/** A leading @ is forgiven. */
export function readDomain(text: string): Read {
  const value = text.trim().toLowerCase().replace(/^@/, '')
  return DOMAIN.test(value) && value.length <= MOST_DOMAIN_CHARS
    ? { value }
    : { problem: 'Write a domain, such as company.com.' }
}
