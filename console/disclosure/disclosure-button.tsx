import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'

export type DisclosureButtonProps = {
  /** The id of what it opens. */
  of: string
  open: boolean
  onChange: (open: boolean) => void
  children: string
  /** Its whole name, where several on a page have the same words. */
  label?: string
  className?: string
}

/** The little button with an arrow that opens what waits beside or below it. */
export function DisclosureButton(props: DisclosureButtonProps) {
  const { of, open, onChange, children, label, className } = props
  const styles = useStyles()
  return (
    <Button
      appearance="transparent"
      size="small"
      className={mergeClasses(styles.button, className)}
      icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
      aria-expanded={open}
      aria-controls={of}
      aria-label={label}
      onClick={() => onChange(!open)}
    >
      {children}
    </Button>
  )
}

const useStyles = makeStyles({
  button: { minWidth: 0, paddingInline: `0 ${tokens.spacingHorizontalXS}` },
})
