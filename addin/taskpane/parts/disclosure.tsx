import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronLeft16Regular } from '@fluentui/react-icons/svg/chevron-left'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import type { ReactNode } from 'react'
import { useTongue } from '../language/use-tongue.ts'

export type DisclosureProps = { isOpen: boolean; onToggle: () => void; children: ReactNode }

/** Opens what stands below it, or puts it away. */
export function Disclosure({ isOpen, onToggle, children }: DisclosureProps) {
  const styles = useStyles()
  // The way on is to the left where text runs to the left.
  const OnwardIcon = useTongue().dir === 'rtl' ? ChevronLeft16Regular : ChevronRight16Regular
  return (
    <Button
      size="small"
      appearance="subtle"
      className={styles.button}
      icon={isOpen ? <ChevronDown16Regular /> : <OnwardIcon />}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      {children}
    </Button>
  )
}

const useStyles = makeStyles({
  // The arrow stands in line with what is above it, and the ground of the pointer a little outside.
  button: {
    justifySelf: 'start',
    minWidth: 'auto',
    paddingInline: tokens.spacingHorizontalXS,
    marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalXS})`,
  },
})
