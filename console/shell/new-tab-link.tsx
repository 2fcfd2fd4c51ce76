import { Link } from '@fluentui/react-components'
import { Hidden } from '../../ui/components/hidden.tsx'

/** A link that leaves this page open, and says so. */
export function NewTabLink({ href, children }: { href: string; children: string }) {
  return (
    <Link inline href={href} target="_blank" rel="noreferrer">
      {children}
      <Hidden> (opens in a new tab)</Hidden>
    </Link>
  )
}
