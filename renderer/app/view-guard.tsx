import { Component, type ReactNode } from 'react'
import { Empty } from '../ui/empty.tsx'
import { t } from '../words/translate.ts'

type Props = { readonly children: ReactNode }
type State = { readonly error: unknown }

/** Keeps a view that broke from taking the window with it. React offers no other way than a class. */
export class ViewGuard extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    const message = this.state.error instanceof Error ? this.state.error.message : String(this.state.error)
    return (
      <Empty title={t('This view cannot be shown.')}>
        <p role="alert">{message}</p>
        <p>{t('Your work is kept. Undo the last step, or go to another step and come back.')}</p>
      </Empty>
    )
  }
}
