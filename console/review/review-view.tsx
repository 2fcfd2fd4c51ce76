import { makeStyles, tokens } from '@fluentui/react-components'
import { useRef } from 'react'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { Duplicates, useDuplicates } from './duplicates.tsx'
import { Merges, useMerges } from './merges.tsx'
import { Suggestions } from './suggestions.tsx'

/** People who write and are no contacts yet, contacts that may be the same one, and what was merged. */
export default function ReviewView({ api }: Visit) {
  const styles = useStyles()
  const duplicates = useDuplicates(api)
  const merges = useMerges(api)
  const mergesTitle = useRef<HTMLHeadingElement>(null)
  const handleMerged = () => {
    duplicates.reload()
    merges.reload()
    mergesTitle.current?.focus() // the pair is gone, and with it the button
  }
  return (
    <>
      <div>
        <PageLink to={addresses.contacts}>All contacts</PageLink>
      </div>
      <PageTitle>Review contacts</PageTitle>
      <p className={styles.text}>
        Nobody becomes a contact, and no contacts become one, unless somebody says so here.
      </p>
      <Suggestions api={api} />
      <Duplicates api={api} list={duplicates} onMerged={handleMerged} />
      <Merges api={api} list={merges} titleRef={mergesTitle} onUndone={duplicates.reload} />
    </>
  )
}

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})
