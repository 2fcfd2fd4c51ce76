import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { LookContact } from '../../../../models/wire/pane/look.ts'
import { PersonLine } from '../person-line.tsx'
import { reasonWords } from './reason-words.ts'

export type ContactCardProps = LookContact & {
  /** The contact's page in the console. */
  href: string
  /** Takes the e-mail off this contact, for good; left out where there is no e-mail yet. */
  onTakeOff?: (() => void) | undefined
  busy: boolean
}

/** One matched contact: who, where, and why. */
export function ContactCard({ contact, reasons, href, onTakeOff, busy }: ContactCardProps) {
  const styles = useStyles()
  const { addresses, jobTitle, company } = contact
  const name = contact.name || addresses[0]?.address || 'No name'
  const place = [jobTitle, company?.name].filter(Boolean).join(', ')
  return (
    <PersonLine name={name} href={href} place={place} notes={reasonWords(reasons)}>
      {onTakeOff && (
        <Button
          size="small"
          appearance="subtle"
          className={styles.action}
          disabledFocusable={busy}
          aria-label={`Does not belong to ${name}`}
          onClick={onTakeOff}
        >
          Does not belong here
        </Button>
      )}
    </PersonLine>
  )
}

const useStyles = makeStyles({
  action: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
})
