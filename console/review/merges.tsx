import { Badge, Button, Spinner } from '@fluentui/react-components'
import { ArrowUndo20Regular } from '@fluentui/react-icons/svg/arrow-undo'
import { useState, type Ref } from 'react'
import { Contact } from '../../models/wire/contacts/contact.ts'
import { Merge, MergePage } from '../../models/wire/contacts/upkeep.ts'
import { ApiError } from '../../ui/api/api-error.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime } from '../../ui/mail-time.ts'
import { nameOf } from '../contacts/contact-list.tsx'
import { useSaving } from '../../ui/hooks/use-saving.ts'
import { LoadMore } from '../paging/load-more.tsx'
import { pathWith, usePages, type PagedList } from '../paging/use-pages.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { useRowStyles } from './row-look.ts'
import { Section } from './section.tsx'

/** A merge with what its contacts are called; null: that contact is gone. */
type NamedMerge = Merge & { kept: string | null; absorbed: string | null }

/** Small pages: each contact is asked for its name. */
const MERGES_AT_ONCE = '10'

export const useMerges = (api: ConsoleApi): PagedList<NamedMerge> =>
  usePages<NamedMerge>(
    async (cursor) => {
      const path = pathWith('/api/v1/merges', { limit: MERGES_AT_ONCE, cursor })
      const { merges, nextCursor } = await api.get(path, MergePage)
      const ids = [...new Set(merges.flatMap(({ keptId, absorbedId }) => [keptId, absorbedId]))]
      const names = new Map(await Promise.all(ids.map((id) => named(api, id))))
      const items = merges.map((merge) => ({
        ...merge,
        kept: names.get(merge.keptId) ?? null,
        absorbed: names.get(merge.absorbedId) ?? null,
      }))
      return { items, nextCursor }
    },
    [api],
  )

async function named(api: ConsoleApi, id: string): Promise<[string, string | null]> {
  try {
    return [id, nameOf(await api.get(`/api/v1/contacts/${encodeURIComponent(id)}`, Contact))]
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [id, null]
    throw error
  }
}

export type MergesProps = {
  api: ConsoleApi
  list: PagedList<NamedMerge>
  titleRef: Ref<HTMLHeadingElement>
  onUndone: () => void
}

/** What was merged, the latest first, and the way back. */
export function Merges({ api, list, titleRef, onUndone }: MergesProps) {
  const styles = useRowStyles()
  const { state, reload } = list
  const handleUndone = () => {
    reload()
    onUndone()
  }
  return (
    <Section
      title="Merges"
      hint="Undone, each contact has its own addresses and e-mails again."
      titleRef={titleRef}
    >
      {state.status === 'loading' && <Spinner label="Loading merges" />}
      {state.status === 'failed' && (
        <ProblemBar title="The merges did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.items.length === 0 && (
        <p className={styles.text}>No contacts have been merged yet.</p>
      )}
      {state.status === 'ready' && state.value.items.length > 0 && (
        <ul className={styles.list} aria-label="Merges">
          {state.value.items.map((merge) => (
            <MergeRow key={merge.id} api={api} merge={merge} onUndone={handleUndone} />
          ))}
        </ul>
      )}
      <LoadMore list={list} of="merges" />
    </Section>
  )
}

const STATES: Record<Merge['state'], string> = {
  doing: 'Being merged',
  done: 'Merged',
  undoing: 'Being undone',
  undone: 'Undone',
  'given-up': 'Not merged: one of them was changed meanwhile',
}

type MergeRowProps = { api: ConsoleApi; merge: NamedMerge; onUndone: () => void }

function MergeRow({ api, merge, onUndone }: MergeRowProps) {
  const styles = useRowStyles()
  const now = useNow()
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [undone, setUndone] = useState(false)
  const { id, keptId, state, at } = merge
  const [kept, absorbed] = [merge.kept ?? 'a contact that is gone', merge.absorbed]
  const undo = () =>
    save(api.send('POST', `/api/v1/merges/${encodeURIComponent(id)}/undo`, {}, Merge), () => {
      setUndone(true)
      announce('Undone: they are two contacts again.')
      onUndone()
    })
  return (
    <li className={styles.row}>
      <div className={styles.facts}>
        <span>
          <bdi>{absorbed ?? 'A contact that is gone'}</bdi> into{' '}
          {merge.kept === null ? (
            kept
          ) : (
            <PageLink inline to={addresses.contact(keptId)}>
              <bdi>{kept}</bdi>
            </PageLink>
          )}
        </span>
        <span className={styles.quiet}>{mailTime(at, now).short}</span>
        {typeof saving === 'object' && (
          <ProblemBar title="The merge was not undone" problem={saving} />
        )}
      </div>
      <div className={styles.ways}>
        <Badge appearance="tint" color={state === 'done' ? 'success' : 'informative'}>
          {STATES[state]}
        </Badge>
        {(state === 'done' || undone) && (
          <Button
            size="small"
            icon={<ArrowUndo20Regular />}
            aria-label={`Undo the merge of ${absorbed ?? 'a contact'} into ${kept}`}
            disabledFocusable={saving === 'saving' || undone} // stays, for the focus
            onClick={undo}
          >
            Undo
          </Button>
        )}
      </div>
    </li>
  )
}
