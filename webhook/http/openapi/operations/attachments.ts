import { AttachmentList } from '../../../../models/wire/attachment.ts'
import type { Operation } from '../operation.ts'

const offer = {
  ...{ id: 'kq3Jm2nXv0bTzQ8yLw4c1A', name: 'offer.pdf', contentType: 'application/pdf' },
  ...{ size: 48_211, kind: 'file', isInline: false, state: 'stored', reason: null },
  outlookLink: null,
}

export const attachmentOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/emails/{id}/attachments', id: 'listAttachments' },
    ...{ tag: 'E-mails', access: 'person', summary: 'What hangs on an e-mail' },
    answers: {
      200: {
        about: 'In the order of the message; `pending` says what is still waited for.',
        json: { AttachmentList },
        example: { attachments: [offer], pending: null },
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/emails/{id}/attachments/{attachmentId}' },
    ...{ id: 'downloadAttachment', tag: 'E-mails', access: 'person' },
    summary: 'Its bytes, to be saved',
    answers: {
      200: {
        about:
          'Always a download, whatever the sender calls it. It is in the audit log. An attachment that is not stored answers 409.',
        type: 'application/octet-stream',
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/emails/{id}/inline/{contentId}', id: 'getInlinePicture' },
    ...{ tag: 'E-mails', access: 'person', summary: 'A picture in the text, by its content id' },
    answers: {
      200: { about: 'PNG, JPEG, GIF or WebP; nothing else is shown.', type: 'image/png' },
    },
  },
]
