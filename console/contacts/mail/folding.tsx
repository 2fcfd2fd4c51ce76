import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useId, useState, type ReactElement, type ReactNode } from 'react'
import { UnreadWord } from '../../../ui/components/hidden.tsx'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { unseenIsFree } from '../../shell/look.ts'

export type FoldingProps = {
  title: string
  facts: string
  at: string
  /** Said of what it opens to. */
  isUnread?: boolean
  /** What it is, where that is not plain. */
  icon?: ReactElement
  /** Asked for when it is opened. */
  children: () => ReactNode
}

/** A line that opens to what it stands for. */
export function Folding(props: FoldingProps) {
  const { title, facts, at, isUnread = false, icon, children } = props
  const styles = useStyles()
  const bodyId = useId()
  const [open, setOpen] = useState(false)
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={bodyId}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.icon}>
          {open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          {icon}
        </span>
        <bdi className={mergeClasses(styles.line, isUnread && styles.unread)}>
          {isUnread && <UnreadWord />}
          {title}
        </bdi>
        <Time at={at} />
        <bdi className={mergeClasses(styles.line, styles.facts)}>{facts}</bdi>
      </button>
      <div id={bodyId} className={styles.body} hidden={!open}>
        {open && children()}
      </div>
    </li>
  )
}

/** By itself, so that the passing of time does not draw the line anew. */
export function Time({ at }: { at: string }) {
  const styles = useStyles()
  const time = mailTime(at, useNow())
  return (
    <time dateTime={at} title={time.full} className={styles.time}>
      {time.short}
    </time>
  )
}

const useStyles = makeStyles({
  item: {
    ...unseenIsFree,
    containIntrinsicSize: 'auto 52px',
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
  },
  button: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    boxSizing: 'border-box',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    // Within: what is beyond the line is not painted.
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
  },
  line: { overflowX: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  unread: { fontWeight: tokens.fontWeightBold },
  time: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  facts: {
    gridColumn: '2 / -1',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  body: { paddingInline: tokens.spacingHorizontalM, paddingBlockEnd: tokens.spacingVerticalS },
})
