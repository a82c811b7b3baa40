import { useState } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import styles from './picture.module.css'

interface PictureProps {
  src: string
  alt: string
  /** Enlarges tiny pictures without smoothing. */
  pixelated?: boolean | undefined
  className?: string | undefined
}

/** A picture that fills its frame, whole: with its own loading and failed state. */
export function Picture({ src, alt, pixelated = false, className }: PictureProps) {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const [attempt, setAttempt] = useState(0)
  if (state === 'failed') {
    return (
      <div className={styles.failed} role="alert">
        <Icon name="image" size={32} />
        <p>This picture could not be loaded.</p>
        <button
          type="button"
          className={styles.again}
          onClick={() => {
            setAttempt(attempt + 1)
            setState('loading')
          }}
        >
          Load it again
        </button>
      </div>
    )
  }
  return (
    <img
      key={attempt}
      src={src}
      alt={alt}
      draggable={false}
      // It was decoded ahead of time: painting it with the page avoids an empty frame.
      decoding="sync"
      className={classNames(
        styles.picture,
        pixelated && styles.pixelated,
        state === 'loading' && styles.loading,
        className,
      )}
      onLoad={() => setState('shown')}
      onError={() => setState('failed')}
    />
  )
}
