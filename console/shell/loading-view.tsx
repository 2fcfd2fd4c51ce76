import { Spinner } from '@fluentui/react-components'

/** Nothing is known yet. The spinner waits a little, so that a quick start does not blink. */
export function LoadingView() {
  return <Spinner label="Opening FlowCRM" delay={300} style={{ paddingBlock: '20vh' }} />
}
