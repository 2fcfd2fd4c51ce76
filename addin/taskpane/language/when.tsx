import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { useTongue } from './use-tongue.ts'

export type WhenProps = { iso: string; className?: string | undefined }

/** A moment in Outlook's language and the person's zone: short, and in full under the pointer. */
export function When({ iso, className }: WhenProps) {
  const { locale } = useTongue()
  const { short, full } = mailTime(iso, useNow(), locale === undefined ? {} : { locale })
  return (
    <time dateTime={iso} title={full} lang={locale} className={className}>
      {short}
    </time>
  )
}
