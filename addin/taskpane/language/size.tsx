import { fileSize } from '../../../ui/file-size.ts'
import { useTongue } from './use-tongue.ts'

/** How large a file is, in Outlook's language. */
export function Size({ bytes }: { bytes: number }) {
  const { locale } = useTongue()
  return <span lang={locale}>{fileSize(bytes, locale)}</span>
}
