import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Api } from '../../ui/api/client.ts'
import { MailView } from './mail-view.tsx'

export type ReadingDialogProps = {
  api: Api
  baseUrl: string
  emailId: string
  /** Where it is known already. */
  subject: string | undefined
  onClose: () => void
}

/** One mail, opened. Mounted while it is open. */
export function ReadingDialog({ api, baseUrl, emailId, subject, onClose }: ReadingDialogProps) {
  const styles = useStyles()
  const [opened, setOpened] = useState<EmailDetail | null>(null)
  const title = opened?.subject ?? subject
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>
            <span dir="auto">{title === undefined ? 'E-mail' : title || 'No subject'}</span>
          </DialogTitle>
          <DialogContent>
            <MailView api={api} baseUrl={baseUrl} emailId={emailId} onOpened={setOpened} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

const useStyles = makeStyles({ surface: { maxWidth: 'min(60rem, 96vw)' } })
