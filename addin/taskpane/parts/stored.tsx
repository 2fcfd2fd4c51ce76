import {
  Body1,
  Body1Strong,
  Button,
  Caption1,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import { useEffect, useRef } from 'react'
import type { Sighting } from '../../../models/wire/email.ts'
import { sightingWords } from '../../../ui/components/sightings.ts'
import type { OpenMessage } from '../../office/item.ts'
import { When } from '../language/when.tsx'
import type { StoredState } from '../pane/view.ts'

export type StoredProps = {
  message: OpenMessage
  status: StoredState
  /** The button that did it is gone: the headline takes the focus over. */
  justLogged: boolean
  logging: boolean
  onLog: () => void
}

/** The CRM has it: since when, and where it was seen. Another mailbox's copy can be added to it. */
export function Stored({ message, status, justLogged, logging, onLog }: StoredProps) {
  const styles = useStyles()
  const headline = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (justLogged) headline.current?.focus()
  }, [justLogged])
  const { since, sightings } = status
  const seenHere = sightings.some((sighting) => sameAddress(sighting, message.mailboxAddress))
  return (
    <>
      <div className={styles.headline} ref={headline} tabIndex={-1}>
        <CheckmarkCircle20Filled className={styles.mark} aria-hidden />
        <Body1Strong>
          In the CRM since <When iso={since} />
        </Body1Strong>
      </div>
      {sightings.length > 0 && (
        <div>
          <Caption1 className={styles.quiet}>Seen by</Caption1>
          <ul className={styles.list} aria-label="Seen by">
            {sightings.map((sighting, at) => (
              <li key={at} className={styles.sighting}>
                <Body1 className={styles.place}>{sightingWords(sighting)}</Body1>
                <Caption1 className={styles.quiet}>
                  <When iso={sighting.since} />
                </Caption1>
              </li>
            ))}
          </ul>
        </div>
      )}
      {sightings.some(({ chosen }) => chosen?.track) && (
        <Caption1 className={styles.quiet}>To be tracked, as chosen before it was sent.</Caption1>
      )}
      {!seenHere && (
        <Button disabledFocusable={logging} onClick={onLog}>
          {logging ? 'Logging…' : 'Log my copy too'}
        </Button>
      )}
    </>
  )
}

function sameAddress({ mailboxAddress }: Sighting, address: string): boolean {
  return mailboxAddress.toLowerCase() === address.toLowerCase()
}

const useStyles = makeStyles({
  headline: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  mark: { color: tokens.colorPaletteGreenForeground1, flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
  },
  sighting: { display: 'grid' },
  place: { overflowWrap: 'anywhere' },
})
