import { describe, expect, it } from '@jest/globals'
import {
  isProtected,
  type ProtectionFacts,
} from '../../../../webhook/provider/graph/questions/protection.ts'

const plain: ProtectionFacts = {
  ...{ messageClass: 'IPM.Note', contentClass: null, contentType: 'text/plain; charset=utf-8' },
  preview: 'Good morning.',
}
const unread = { preview: ' ' }

describe('a mail is protected', () => {
  it.each<[string, Partial<ProtectionFacts>]>([
    [
      'that is rights-managed, whatever note stands in its place',
      { contentClass: 'rpmsg.message' },
    ],
    ['that says so in other letters', { contentClass: ' RPMsg.Message ' }],
    ['that is a protected voice message', { messageClass: 'IPM.Note.rpmsg.Microsoft.Voicemail' }],
    ['that is encrypted by S/MIME', { messageClass: 'IPM.Note.SMIME', ...unread }],
    [
      'whose header says so alone',
      { contentType: 'application/x-pkcs7-mime; smime-type=enveloped-data', ...unread },
    ],
    [
      'that is signed in a form nobody took apart',
      { contentType: 'application/pkcs7-mime; smime-type=signed-data', ...unread },
    ],
  ])('%s', (_which, facts) => {
    expect(isProtected({ ...plain, ...facts })).toBe(true)
  })
})

describe('a mail is mail like any other', () => {
  it.each<[string, Partial<ProtectionFacts>]>([
    ['that says nothing of the kind', { messageClass: null, contentType: null }],
    ['without a text', unread],
    [
      'that is signed in clear, also without a text',
      { messageClass: 'IPM.Note.SMIME.MultipartSigned', ...unread },
    ],
    ['whose signed text Exchange has read', { messageClass: 'IPM.Note.SMIME' }],
    ['of another content class', { contentClass: 'urn:content-classes:message' }],
    ['that has a signature beside it', { contentType: 'application/pkcs7-signature', ...unread }],
  ])('%s', (_which, facts) => {
    expect(isProtected({ ...plain, ...facts })).toBe(false)
  })
})
