import { ContactPage, type Contact } from '../../models/wire/contacts/contact.ts'
import type { Api } from '../../ui/api/client.ts'
import { useLoadable, type UseLoadable } from '../../ui/hooks/use-loadable.ts'
import { useSettled } from '../../ui/hooks/use-settled.ts'
import { pathWith } from '../paging/use-pages.ts'

/** Long enough that a word is not asked for letter by letter, short enough to seem at once. */
const TYPING_MS = 200
/** More would not be looked through; more letters find fewer. */
const MOST_OFFERED = '8'

/** What contacts are searched for, of what is being typed. */
export const useSettledWords = (typed: string): string => useSettled(typed.trim(), TYPING_MS)

/** The few contacts that are offered for such words; the newest where there are none, nobody where they are null. */
export function useContactsLike(api: Api, words: string | null): UseLoadable<Contact[]> {
  return useLoadable(async () => {
    if (words === null) return []
    const path = pathWith('/api/v1/contacts', { q: words || null, limit: MOST_OFFERED })
    return (await api.get(path, ContactPage)).contacts
  }, [api, words])
}
