import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useRef } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { Section } from '../../shell/section.tsx'
import { ConversationList, type ConversationListProps } from './conversation-list.tsx'
import { countWords } from './words.ts'

export type KeptOutProps = Omit<ConversationListProps, 'onLetIn'> & {
  onChange: (keptOut: string[]) => void
}

/** The conversations that somebody keeps out in Outlook; their names come from the mailbox, as the CRM has none of them. */
export function KeptOut({ api, path, saved, keptOut, onChange }: KeptOutProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const words = useRef<HTMLParagraphElement>(null)
  const change = (next: string[], said: string) => {
    onChange(next)
    announce(said)
    words.current?.focus() // the button that was pressed is gone
  }
  return (
    <Section title="Conversations kept out">
      <p ref={words} tabIndex={-1} className={styles.text}>
        {countWords(keptOut.length)}
      </p>
      {keptOut.length > 0 && (
        <>
          <ConversationList
            {...{ api, path, saved, keptOut }}
            onLetIn={(id) =>
              change(
                keptOut.filter((each) => each !== id),
                'It is let in again once you save.',
              )
            }
          />
          <Button
            className={styles.button}
            onClick={() => change([], 'All are let in again once you save.')}
          >
            Let all of them in again
          </Button>
        </>
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
