import type { Attachment } from '../mime/part.ts'
import { aPdf } from './pdf.ts'
import { anXlsx } from './xlsx.ts'

export const pdf = (name: string, title: string, lines: readonly string[]): Attachment => ({
  name,
  type: 'application/pdf',
  content: aPdf(title, lines),
})

export const xlsx = (
  name: string,
  rows: readonly (readonly (string | number)[])[],
): Attachment => ({
  name,
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  content: anXlsx(rows),
})

/** A picture that the HTML shows with `<img src="cid:…">`. */
export const inlinePng = (contentId: string, name: string, content: Uint8Array): Attachment => ({
  name,
  type: 'image/png',
  content,
  contentId,
})
