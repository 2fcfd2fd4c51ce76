import { Button, type ButtonProps } from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'

export type LinkButtonProps = {
  href: string
  children: ReactNode
  icon?: ReactElement
  appearance?: NonNullable<ButtonProps['appearance']>
  size?: NonNullable<ButtonProps['size']>
}

/** Looks like a button, goes somewhere: a link to those who listen. */
export function LinkButton({ href, ...look }: LinkButtonProps) {
  return <Button as="a" href={href} {...look} />
}
