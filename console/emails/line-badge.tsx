import { Badge } from '@fluentui/react-components'
import { ArrowSync16Regular } from '@fluentui/react-icons/svg/arrow-sync'
import { PlugDisconnected16Regular } from '@fluentui/react-icons/svg/plug-disconnected'
import { PulseRegular } from '@fluentui/react-icons/svg/pulse'
import type { LineStatus } from '../live/use-live-events.ts'

const LOOKS = {
  connecting: { word: 'Connecting…', icon: <ArrowSync16Regular />, color: 'informative' },
  live: { word: 'Live', icon: <PulseRegular />, color: 'success' },
  reconnecting: { word: 'Reconnecting…', icon: <PlugDisconnected16Regular />, color: 'warning' },
} as const

/** Whether the list keeps itself up to date right now. */
export function LineBadge({ status }: { status: LineStatus }) {
  const { word, icon, color } = LOOKS[status]
  return (
    <Badge appearance="tint" shape="rounded" size="large" color={color} icon={icon}>
      {word}
    </Badge>
  )
}
