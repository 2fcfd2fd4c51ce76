import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useRef } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { Section } from '../../shell/section.tsx'

export type KeptOutProps = { keptOut: readonly string[]; onChange: (keptOut: string[]) => void }

/** The conversations that somebody keeps out in Outlook. They have no names here: FlowCRM does not store their mail. */
export function KeptOut({ keptOut, onChange }: KeptOutProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const words = useRef<HTMLParagraphElement>(null)
  const handleLetIn = () => {
    onChange([])
    announce('All are let in again once you save.')
    words.current?.focus() // the button that was pressed is gone
  }
  return (
    <Section title="Conversations kept out">
      <p ref={words} tabIndex={-1} className={styles.text}>
        {keptOut.length === 0
          ? 'No conversation is kept out. To keep one out, open a mail of it in Outlook and choose “Keep this conversation out” in the pane.'
          : `${keptOut.length.toLocaleString()} ${
              keptOut.length === 1 ? 'conversation is' : 'conversations are'
            } kept out. To let a single one in again, open a mail of it in Outlook and choose “Let this conversation in again” in the pane.`}
      </p>
      {keptOut.length > 0 && (
        <Button className={styles.button} onClick={handleLetIn}>
          Let all of them in again
        </Button>
      )}
    </Section>
  )
}

const useStyles = makeStyles({
  text: {
    margin: 0,
    maxWidth: '44rem',
    outlineStyle: 'none', // it is focused by the page alone, never by Tab
    color: tokens.colorNeutralForeground1,
  },
  button: { justifySelf: 'start' },
})
