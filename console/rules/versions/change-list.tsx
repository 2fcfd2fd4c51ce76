import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useId, useState } from 'react'
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
        <Button
          appearance="transparent"
          size="small"
          className={styles.button}
          icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          aria-expanded={open}
          aria-controls={listId}
          aria-label={`All that it changed: version ${version}`}
          onClick={() => setOpen(!open)}
        >
          All that it changed
        </Button>
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
  button: { minWidth: 0, paddingInline: `0 ${tokens.spacingHorizontalXS}` },
})
