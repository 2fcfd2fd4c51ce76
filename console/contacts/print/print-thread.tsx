import { Button, makeStyles, useRestoreFocusTarget } from '@fluentui/react-components'
import { Print20Regular } from '@fluentui/react-icons/svg/print'
import { useState } from 'react'
import { notOnPaper } from '../../shell/look.ts'
import { PrintDialog, type PrintThreadProps } from './print-dialog.tsx'

/** The button "Print" of a conversation, and what would be printed behind it. */
export function PrintThread(props: PrintThreadProps) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <div className={styles.line}>
      <Button
        {...focusTarget}
        size="small"
        appearance="subtle"
        icon={<Print20Regular />}
        onClick={() => setOpen(true)}
      >
        Print
      </Button>
      {open && <PrintDialog {...props} onClose={() => setOpen(false)} />}
    </div>
  )
}

const useStyles = makeStyles({
  line: { ...notOnPaper, display: 'flex', justifyContent: 'flex-end' },
})
