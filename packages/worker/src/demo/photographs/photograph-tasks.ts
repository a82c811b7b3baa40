import { addressOf, type DemoTask } from '../demo-project.ts'
import { type Detail, detailsOf } from './details.ts'
import { PHOTOGRAPHS, type Photograph } from './photographs.ts'
import { LABELS } from './subjects.ts'

const ROWS = ['top', 'middle', 'bottom']

/** The whole photographs first; then their details, a different photograph each time. */
export function listPhotographTasks(): DemoTask[] {
  const wholes = PHOTOGRAPHS.map((photograph) => wholeTask(photograph))
  const details = Array.from({ length: 6 }, (_, at) =>
    PHOTOGRAPHS.map((photograph) => detailTask(photograph, at)),
  )
  return [...wholes, ...details.flat()]
}

/** Where the picture of a task lies in the storage. */
export function photographKey(photograph: Photograph, detail?: Detail): string {
  return `demo/photographs/${[photograph.id, detail?.id].filter(Boolean).join('-')}.jpg`
}

function wholeTask(photograph: Photograph): DemoTask {
  return {
    externalId: photograph.id,
    info: {
      image: addressOf(photographKey(photograph)),
      alt: 'A whole photograph from the archive',
      caption: creditOf(photograph),
    },
    truth: labelsOf(photograph).whole,
  }
}

function detailTask(photograph: Photograph, at: number): DemoTask {
  const detail = detailsOf(photograph)[at]
  const truth = labelsOf(photograph).details[at]
  if (!detail || !truth) throw new Error(`${photograph.id} has no detail ${at}`)
  return {
    externalId: `${photograph.id}-${detail.id}`,
    info: {
      image: addressOf(photographKey(photograph, detail)),
      alt: `A detail of a photograph from the archive, ${ROWS[detail.row]} row, column ${detail.column + 1}`,
      caption: `Detail ${at + 1} of 6 · ${creditOf(photograph)}`,
    },
    truth,
  }
}

function labelsOf(photograph: Photograph) {
  const labels = LABELS[photograph.id]
  if (!labels) throw new Error(`${photograph.id} has no labels`)
  return labels
}

/** The title comes last: on a phone it may be cut off, and it gives much away. */
function creditOf({ photographer, title, year }: Photograph): string {
  return `${photographer}, ${year}: ${title}`
}
