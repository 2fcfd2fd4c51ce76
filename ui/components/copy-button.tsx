import { Button } from '@fluentui/react-components'
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark'
import { Copy16Regular } from '@fluentui/react-icons/svg/copy'
import { useState } from 'react'
import { useAnnounce } from './announcer.tsx'

export type CopyButtonProps = {
  text: string
  label: string
  /** The label stands beside the icon; else it is there for those who listen. */
  isLabelled?: boolean
}

/** Puts `text` on the clipboard and says so. */
export function CopyButton({ text, label, isLabelled = false }: CopyButtonProps) {
  const announce = useAnnounce()
  const [copied, setCopied] = useState(false)
  const handleCopy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        announce('Copied.')
      },
      () => announce('Your browser did not let us copy. Select the text instead.'),
    )
  }
  return (
    <Button
      size="small"
      appearance="subtle"
      aria-label={label}
      icon={copied ? <Checkmark16Regular /> : <Copy16Regular />}
      onClick={handleCopy}
    >
      {isLabelled ? label : null}
    </Button>
  )
}
