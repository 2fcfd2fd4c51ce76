import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useId, useState, type ReactNode } from 'react'

export type DisclosureProps = {
  title: string
  /** What is behind it, in a sentence below the title. */
  about?: string
  /** Called while it is open alone, so that it is loaded when somebody wants to see it. */
  children: () => ReactNode
}

/** Something that waits behind its title until somebody wants to see it. */
export function Disclosure({ title, about, children }: DisclosureProps) {
  const styles = useStyles()
  const bodyId = useId()
  const [open, setOpen] = useState(false)
  return (
    <div>
      <Button
        appearance="transparent"
        size="small"
        className={styles.title}
        icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        aria-expanded={open}
        aria-controls={bodyId}
        onClick={() => setOpen(!open)}
      >
        {title}
      </Button>
      {about !== undefined && <div className={styles.about}>{about}</div>}
      <div id={bodyId} hidden={!open}>
        {open && children()}
      </div>
    </div>
  )
}

const useStyles = makeStyles({
  title: { minWidth: 0, paddingInline: `0 ${tokens.spacingHorizontalXS}` },
  about: {
    paddingInlineStart: '20px', // below the words of the title
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
})
