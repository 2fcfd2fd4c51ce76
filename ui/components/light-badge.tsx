import { Badge } from '@fluentui/react-components'
import { ArrowSyncCircle16Filled } from '@fluentui/react-icons/svg/arrow-sync-circle'
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle'
import { PauseCircle16Filled } from '@fluentui/react-icons/svg/pause-circle'
import type { ReactElement } from 'react'
import type { Light } from '../../models/wire/mailbox.ts'

type Look = {
  word: string
  icon: ReactElement
  color: 'success' | 'warning' | 'danger' | 'informative'
}

const LOOKS: Record<Light['colour'], Look> = {
  green: { word: 'Complete', icon: <CheckmarkCircle16Filled />, color: 'success' },
  amber: { word: 'Catching up', icon: <ArrowSyncCircle16Filled />, color: 'warning' },
  red: { word: 'Needs attention', icon: <ErrorCircle16Filled />, color: 'danger' },
  off: { word: 'Not watching', icon: <PauseCircle16Filled />, color: 'informative' },
}

/** The light in one word; the word is also what tests and summaries hold on to. */
export const lightWord = (colour: Light['colour']): string => LOOKS[colour].word

export type LightBadgeProps = {
  colour: Light['colour']
  /** Small ones stand beside a folder; the default beside a mailbox. */
  size?: 'small' | 'large'
}

/** The light: icon and word, and colour only on top of them. */
export function LightBadge({ colour, size = 'large' }: LightBadgeProps) {
  const { word, icon, color } = LOOKS[colour]
  return (
    <Badge appearance="tint" shape="rounded" color={color} size={size} icon={icon}>
      {word}
    </Badge>
  )
}
