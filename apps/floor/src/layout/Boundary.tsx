import { Component, type ContextType, type ReactNode } from 'react'
import { FloorContext } from '../floor.ts'
import { Notice } from './Notice.tsx'

/**
 * Shows a way out in the place of what failed, and leaves the rest of the page as it is. A part that is
 * loaded later fails without a network, and after the server has got a newer page.
 */
export class Boundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  static override contextType = FloorContext
  declare context: ContextType<typeof FloorContext>
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    const { title, remedy, openAgain } = this.context!.words.notOpened
    return (
      <Notice tone="wrong">
        <strong>{title}</strong>
        <p>{remedy}</p>
        <button type="button" onClick={() => location.reload()}>
          {openAgain}
        </button>
      </Notice>
    )
  }
}
