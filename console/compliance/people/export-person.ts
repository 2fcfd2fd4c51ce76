import type { Subject } from '../../../models/wire/people/erasure.ts'
import { errorOfReply, noAnswer } from '../../../ui/api/api-error.ts'
import type { Visit } from '../../visit.ts'

const FILE_NAME = 'flowcrm-person.tar.gz'
/** By then the browser has begun to save it. */
const SAVED_MS = 60_000

/**
 * Fetches the archive and gives it to the browser to save. The person is named in the request's body, as addresses have no
 * place in links; so it is no link. It may take as long as it takes: the archive of somebody important is large.
 */
export async function exportPerson(visit: Pick<Visit, 'baseUrl' | 'session'>, subject: Subject) {
  const { baseUrl, session } = visit
  const response = await fetch(`${baseUrl}/api/v1/people/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken },
    body: JSON.stringify(subject),
  }).catch((cause: unknown) => {
    throw noAnswer(cause)
  })
  if (!response.ok) throw errorOfReply(response, await response.json().catch(() => undefined))
  const archive = await response.blob().catch((cause: unknown) => {
    throw noAnswer(cause) // it broke off: half an archive is none
  })
  saveAs(FILE_NAME, archive)
}

function saveAs(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_MS)
}
