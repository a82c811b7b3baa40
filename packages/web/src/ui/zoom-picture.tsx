import { type ComponentProps, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Picture } from './picture.tsx'
import { useZoom } from './use-zoom.ts'
import styles from './zoom-picture.module.css'

/** A picture to look into: wheel, drag, pinch, double click, buttons and keys. */
export function ZoomPicture(picture: ComponentProps<typeof Picture>) {
  const frame = useRef<HTMLDivElement>(null)
  const { zoom, zoomIn, zoomOut, fit } = useZoom(frame)
  const zoomed = zoom.scale > 1
  return (
    <div ref={frame} className={classNames(styles.frame, zoomed && styles.zoomed)}>
      <div
        className={styles.moved}
        style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
      >
        <Picture {...picture} />
      </div>
      <fieldset className={styles.tools} aria-label="Zoom">
        <IconButton icon="minus" label="Zoom out (−)" disabled={!zoomed} onClick={zoomOut} />
        <IconButton icon="fit" label="Fit the picture (0)" disabled={!zoomed} onClick={fit} />
        <IconButton icon="plus" label="Zoom in (+)" onClick={zoomIn} />
      </fieldset>
    </div>
  )
}
