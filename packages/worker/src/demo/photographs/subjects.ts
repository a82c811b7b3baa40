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
  /** In reading order (details.ts). */
  details: readonly [Subject, Subject, Subject, Subject, Subject, Subject]
}

/** What we see on each picture, by eye. The simulated crowd takes it for the truth; a volunteer may well
 *  see something else. */
export const LABELS: Readonly<Record<string, Labels>> = {
  'acanthus-mollis': {
    whole: 'plants',
    details: ['plants', 'plants', 'plants', 'plants', 'plants', 'plants'],
  },
  'airplane-from-above': {
    whole: 'vessels',
    details: ['vessels', 'vessels', 'vessels', 'sky', 'vessels', 'land'],
  },
  'allium-oreophilum': {
    whole: 'plants',
    details: ['plants', 'plants', 'plants', 'plants', 'sky', 'plants'],
  },
  'black-canyon': {
    whole: 'land',
    details: ['sky', 'sky', 'land', 'vessels', 'water', 'land'],
  },
  'dust-bowl-home': {
    whole: 'buildings',
    details: ['sky', 'sky', 'buildings', 'land', 'land', 'land'],
  },
  'french-alpine-landscape': {
    whole: 'land',
    details: ['land', 'land', 'land', 'plants', 'plants', 'plants'],
  },
  'locomotion-house-cat': {
    whole: 'animals',
    details: ['animals', 'animals', 'animals', 'animals', 'animals', 'animals'],
  },
  'march-pastoral': {
    whole: 'animals',
    details: ['animals', 'animals', 'animals', 'land', 'animals', 'land'],
  },
  'nagasaki-boats': {
    whole: 'vessels',
    details: ['sky', 'sky', 'sky', 'vessels', 'vessels', 'vessels'],
  },
}
