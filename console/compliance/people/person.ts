import type { Subject } from '../../../models/wire/people/erasure.ts'

/** Whom it is about: as the service is asked, and as people read it. */
export type Person = { subject: Subject; label: string }

/** Of the service: no request names more. */
const MOST_ADDRESSES = 50

/** Addresses as somebody wrote or pasted them: one on each line, or with commas between. */
export function readAddresses(text: string): Person | { problem: string } {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const addresses = [...new Set(parts.map((part) => part.replace(/^<(.*)>$/, '$1')))]
  const wrong = addresses.find((address) => !/^[^@]+@[^@]+$/.test(address))
  const [first] = addresses
  if (first === undefined) return { problem: 'Write at least one address of the person.' }
  if (wrong !== undefined)
    return { problem: `“${wrong}” is no whole address, such as carol@customer.com.` }
  if (addresses.length > MOST_ADDRESSES)
    return { problem: `Write at most ${MOST_ADDRESSES} addresses at a time.` }
  const more = addresses.length - 1
  return {
    subject: { addresses },
    label: more === 0 ? first : `${first} and ${more} more`,
  }
}
