import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { Landing } from '../landing.ts'

/** How the trip to Microsoft's admin consent ended. */
export function ConsentNotice({ result }: { result: Landing['adminConsent'] }) {
  if (result === null) return null
  const granted = result === 'granted'
  return (
    <MessageBar intent={granted ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {granted ? 'Admin consent is given' : 'Admin consent was not given'}
        </MessageBarTitle>
        {granted
          ? 'You can connect shared mailboxes now.'
          : 'Shared mailboxes stay closed until an administrator of your organization agrees. Nothing else has changed.'}
      </MessageBarBody>
    </MessageBar>
  )
}
