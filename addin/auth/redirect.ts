import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge'

/** The page the sign-in window comes back to: hands the answer to the pane, then closes. */
broadcastResponseToMainFrame().catch(() => {
  const note = document.getElementById('note')
  if (note)
    note.textContent = 'The sign-in did not finish. Close this window and sign in again in Outlook.'
})
