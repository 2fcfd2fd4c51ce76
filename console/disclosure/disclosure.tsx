import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import { DisclosureButton } from './disclosure-button.tsx'

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
      <DisclosureButton of={bodyId} open={open} onChange={setOpen}>
        {title}
      </DisclosureButton>
      {about !== undefined && <div className={styles.about}>{about}</div>}
      <div id={bodyId} className={styles.body} hidden={!open}>
        {open && children()}
      </div>
    </div>
  )
}

const useStyles = makeStyles({
  about: {
    paddingInlineStart: '20px', // below the words of the title
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  body: { paddingBlockEnd: tokens.spacingVerticalM }, // or its end looks like the next one's title
})
