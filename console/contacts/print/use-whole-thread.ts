import { useRef, useState } from 'react'
import { z } from 'zod'
import { ThreadPage, type Email } from '../../../models/wire/email.ts'
import { EmailDetail } from '../../../models/wire/email-detail.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { withheldText } from '../../emails/reading/mail-view.tsx'
import { pathWith } from '../../paging/use-pages.ts'

/** An e-mail with its cleaned page, or with the reason why there is none. */
export type WholeEmail = { email: EmailDetail } & (
  { page: string; withheld: null } | { page: null; withheld: string }
)

/** As many as a page may have. */
const MOST_IN_PAGE = '200'

/** All e-mails of a conversation with their texts, the oldest first, one after the other; what is here need not come again. */
export function useWholeThread(api: Api, threadId: string) {
  const [progress, setProgress] = useState({ done: 0, total: 0 })
  const here = useRef(new Map<string, WholeEmail>())
  const { state, reload } = useLoadable(async () => {
    const heads = await headsOf(api, threadId)
    const whole: WholeEmail[] = []
    for (const { id } of heads) {
      setProgress({ done: whole.length, total: heads.length })
      const email = here.current.get(id) ?? (await wholeEmail(api, id))
      here.current.set(id, email)
      whole.push(email)
    }
    return whole
  }, [api, threadId])
  return { state, reload, ...progress }
}

async function headsOf(api: Api, threadId: string): Promise<Email[]> {
  const path = `/api/v1/threads/${encodeURIComponent(threadId)}`
  const heads: Email[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: ThreadPage = await api.get(
      pathWith(path, { limit: MOST_IN_PAGE, cursor }),
      ThreadPage,
    )
    heads.push(...page.emails)
    cursor = page.nextCursor
  }
  return heads
}

async function wholeEmail(api: Api, id: string): Promise<WholeEmail> {
  const path = `/api/v1/emails/${encodeURIComponent(id)}`
  const email = await api.get(path, EmailDetail)
  const withheld = withheldText(email)
  if (withheld !== null) return { email, page: null, withheld }
  return { email, page: await api.get(`${path}/body`, z.string()), withheld }
}
