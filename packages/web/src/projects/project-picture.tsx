import { useState } from 'react'
import { PlaceholderArt } from '../ui/placeholder-art.tsx'
import styles from './project-picture.module.css'

interface ProjectPictureProps {
  name: string
  url: string | null
  /** Pictures low on the page load when they come near. */
  lazy?: boolean
}

/** The project's picture, or art made from its name. Fills its frame; decoration beside the name. */
export function ProjectPicture({ name, url, lazy = true }: ProjectPictureProps) {
  const [failed, setFailed] = useState(false)
  if (!url || failed) return <PlaceholderArt name={name} />
  return (
    <img
      className={styles.picture}
      src={url}
      alt=""
      loading={lazy ? 'lazy' : 'eager'}
      onError={() => setFailed(true)}
    />
  )
}
