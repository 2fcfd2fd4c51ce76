import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { DisclosureButton } from '../../disclosure/disclosure-button.tsx'
import { plainList } from '../../shell/look.ts'
import { shortened } from './change-words.ts'

export type ChangeListProps = { version: number; lines: readonly string[] }

/** What a version changed: the first of it at once, the whole where somebody wants to see it. */
export function ChangeList({ version, lines }: ChangeListProps) {
  const styles = useStyles()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const { short, isAll } = shortened(lines)
  return (
    <>
      <ul id={listId} className={styles.list} aria-label={`What version ${version} changed`}>
        {(open ? lines : short).map((line, nth) => (
          <li key={nth} dir="auto">
            {line}
          </li>
        ))}
      </ul>
      {!isAll && (
        <DisclosureButton
          of={listId}
          open={open}
          onChange={setOpen}
          label={`All that it changed: version ${version}`}
        >
          All that it changed
        </DisclosureButton>
      )}
    </>
  )
}

const useStyles = makeStyles({
  list: {
    ...plainList,
    display: 'grid',
    rowGap: tokens.spacingVerticalXXS,
    paddingBlock: tokens.spacingVerticalXXS,
    fontSize: tokens.fontSizeBase200,
  },
})
