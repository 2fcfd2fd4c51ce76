import { Link } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { follow } from './navigate.ts'

export type PageLinkProps = {
  /** One of `addresses`. */
  to: string
  children: ReactNode
  inline?: boolean
}

/** A link to another page of the console. */
export function PageLink({ to, children, inline = false }: PageLinkProps) {
  return (
    <Link as="a" href={to} inline={inline} onClick={follow}>
      {children}
    </Link>
  )
}
