import { ApiError, NetworkError } from '@manyhands/shared/client/api-errors'
import { Button } from './button.tsx'
import { asSentence } from './sentence.ts'
import { StateMessage } from './state-message.tsx'

/** What went wrong, in words a volunteer can use. */
export function describeFailure(error: unknown): { title: string; detail: string } {
  if (error instanceof NetworkError) {
    return navigator.onLine
      ? {
          title: 'Manyhands does not answer',
          detail: 'It may be back in a moment. Nothing you did is lost.',
        }
      : {
          title: 'You are offline',
          detail: 'This page needs the network. What you answered is kept.',
        }
  }
  if (error instanceof ApiError) {
    if (error.status === 404)
      return { title: 'There is nothing here', detail: asSentence(error.message) }
    if (error.status === 401)
      return { title: 'Sign in to see this', detail: asSentence(error.message) }
    if (error.status === 403)
      return { title: 'This is not open to you', detail: asSentence(error.message) }
    if (error.status === 429) {
      return { title: 'That was very fast', detail: 'Wait a minute, then go on. Nothing is lost.' }
    }
    if (error.status < 500) return { title: 'That did not work', detail: asSentence(error.message) }
  }
  return {
    title: 'Manyhands could not show this',
    detail: 'The fault is on our side and nothing is lost. Try again in a moment.',
  }
}

interface FailureProps {
  error: unknown
  onRetry?: () => unknown
  retryLabel?: string
  level?: 'h1' | 'h2'
}

export function Failure({ error, onRetry, retryLabel = 'Try again', level = 'h2' }: FailureProps) {
  const { title, detail } = describeFailure(error)
  return (
    <div role="alert">
      <StateMessage
        level={level}
        title={title}
        lit={0}
        action={
          onRetry && (
            <Button kind="main" icon="refresh" onClick={() => void onRetry()}>
              {retryLabel}
            </Button>
          )
        }
      >
        <p>{detail}</p>
        {error instanceof ApiError && error.status >= 500 && error.requestId && (
          <p>
            Report it with this number: <code>{error.requestId}</code>
          </p>
        )}
      </StateMessage>
    </div>
  )
}
