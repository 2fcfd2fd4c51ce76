import { Body1, Button, Spinner } from '@fluentui/react-components'
import { Card } from './card.tsx'

export type NotLoggedProps = { logging: boolean; onLog: () => void }

/** The CRM does not have it: one thing to do. The button keeps its place and the focus while it works. */
export function NotLogged({ logging, onLog }: NotLoggedProps) {
  return (
    <Card label="In the CRM">
      <Body1>Not in the CRM yet.</Body1>
      <Button
        appearance="primary"
        disabledFocusable={logging}
        icon={logging ? <Spinner size="tiny" aria-hidden /> : null}
        onClick={onLog}
      >
        {logging ? 'Logging…' : 'Log to CRM'}
      </Button>
    </Card>
  )
}
