/** What may be on a picture: the answers a volunteer chooses from. */
export const SUBJECTS = [
  { value: 'plants', label: 'Plants or trees' },
  { value: 'animals', label: 'Animals' },
  { value: 'people', label: 'People' },
  { value: 'buildings', label: 'Buildings' },
  { value: 'vessels', label: 'Boats or aircraft' },
  { value: 'water', label: 'Water' },
  { value: 'land', label: 'Ground, rocks or mountains' },
  { value: 'sky', label: 'Sky or empty background' },
] as const
export type Subject = (typeof SUBJECTS)[number]['value']

export interface Labels {
  whole: Subject
  /** In reading order (details.ts). A photograph of one thing alone has no details to ask about. */
  details?: readonly Subject[]
}

/** What we see on each picture, by eye. The simulated crowd takes it for the truth; a volunteer may well
 *  see something else. */
export const LABELS: Readonly<Record<string, Labels>> = {
  'acanthus-mollis': { whole: 'plants' },
  'airplane-from-above': {
    whole: 'vessels',
    details: rows('land vessels vessels', 'sky vessels vessels', 'sky vessels land'),
  },
  'allium-oreophilum': { whole: 'plants' },
  'black-canyon': {
    whole: 'land',
    details: rows('sky sky sky', 'land land land', 'land water land'),
  },
  'dust-bowl-home': {
    whole: 'buildings',
    details: rows('sky sky sky', 'land buildings buildings', 'land land land'),
  },
  'french-alpine-landscape': {
    whole: 'land',
    details: rows('land land sky', 'plants plants plants', 'plants plants plants'),
  },
  'locomotion-house-cat': { whole: 'animals' },
  'march-pastoral': {
    whole: 'animals',
    details: rows('plants animals plants', 'plants animals animals', 'plants animals land'),
  },
  'nagasaki-boats': {
    whole: 'vessels',
    details: rows('sky sky sky', 'buildings buildings buildings', 'vessels vessels vessels'),
  },
}

/** Written as the picture lies. Throws for a word that is no subject. */
function rows(...lines: [string, string, string]): Subject[] {
  return lines
    .flatMap((line) => line.split(' '))
    .map((word) => {
      const subject = SUBJECTS.find(({ value }) => value === word)
      if (!subject) throw new Error(`${word} is no subject`)
      return subject.value
    })
}
