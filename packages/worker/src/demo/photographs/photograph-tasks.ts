import { addressOf, type DemoTask } from '../demo-project.ts'
import { DETAILS, type Detail } from './details.ts'
import { PHOTOGRAPHS, type Photograph } from './photographs.ts'
import { LABELS, type Labels, type Subject } from './subjects.ts'

const ROWS = ['top', 'middle', 'bottom']

/** The whole photographs first; then their details, a different photograph each time. */
export function listPhotographTasks(): DemoTask[] {
  const wholes = PHOTOGRAPHS.map((photograph) => wholeTask(photograph, labelsOf(photograph).whole))
  const details = DETAILS.flatMap((detail, at) =>
    PHOTOGRAPHS.flatMap((photograph) => {
      const truth = labelsOf(photograph).details?.[at]
      return truth ? [detailTask(photograph, detail, truth)] : []
    }),
  )
  return [...wholes, ...details]
}

export function labelsOf(photograph: Photograph): Labels {
  const labels = LABELS[photograph.id]
  if (!labels) throw new Error(`${photograph.id} has no labels`)
  return labels
}

/** Where the picture of a task lies in the storage. */
export function photographKey(photograph: Photograph, detail?: Detail): string {
  return `demo/photographs/${[photograph.id, detail?.id].filter(Boolean).join('-')}.jpg`
}

function wholeTask(photograph: Photograph, truth: Subject): DemoTask {
  return {
    externalId: photograph.id,
    info: {
      image: addressOf(photographKey(photograph)),
      alt: 'A whole photograph from the archive',
      caption: creditOf(photograph),
    },
    truth,
  }
}

function detailTask(photograph: Photograph, detail: Detail, truth: Subject): DemoTask {
  const place = `${ROWS[detail.row]} row, column ${detail.column + 1}`
  return {
    externalId: `${photograph.id}-${detail.id}`,
    info: {
      image: addressOf(photographKey(photograph, detail)),
      alt: `A detail of a photograph from the archive, ${place}`,
      caption: `Detail, ${place} · ${creditOf(photograph)}`,
    },
    truth,
  }
}

/** The title comes last: on a phone it may be cut off, and it gives much away. */
function creditOf({ photographer, title, year }: Photograph): string {
  return `${photographer}, ${year}: ${title}`
}
