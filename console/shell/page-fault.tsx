import { Component, type ReactNode } from 'react'
import { toFailure } from '../../ui/api/api-error.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'

/** Keeps the rest of the console alive when one page breaks, or when a newer version has taken its files away. */
export class PageFault extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <ProblemBar
        title="This page did not open"
        problem={toFailure(error)}
        onRetry={() => location.reload()}
      />
    )
  }
}
