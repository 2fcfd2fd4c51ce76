import { Caption1, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'

/** By then people wonder whether something is broken. */
const LONG_MS = 4_000
const LONG = 'This takes longer than usual. It goes on by itself.'

/** Something is on its way; if for long, that is said. */
export function Waiting({ label }: { label: string }) {
  const styles = useStyles()
  const announce = useAnnounce()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setIsLong(true)
      announce(LONG)
    }, LONG_MS)
    return () => clearTimeout(timer)
  }, [announce])
  return (
    <div className={styles.waiting}>
      <Spinner size="small" label={label} />
      {isLong && <Caption1 className={styles.long}>{LONG}</Caption1>}
    </div>
  )
}

const useStyles = makeStyles({
  waiting: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    paddingBlock: tokens.spacingVerticalXL,
    justifyItems: 'center',
    textAlign: 'center',
  },
  long: { color: tokens.colorNeutralForeground2 },
})
