import { describe, expect, it } from 'vitest'
import { listSentences, SENTENCES_PER_TOPIC, splitSentences } from './sentences.ts'
import { TOPICS, topicOf } from './topics.ts'

const LONG = 'and this goes on for a while so that it is long enough to stand alone in a task'

describe('splitSentences', () => {
  it('ends no sentence after an abbreviation or an initial', () => {
    const text = `The canal joins the St. Lawrence to the lakes, ${LONG}. Mr. John F. Kennedy spoke, ${LONG}.`
    expect(splitSentences(text)).toHaveLength(2)
  })

  it('leaves out headings, transcripts and what is too short', () => {
    const text = `Short one. NATIONAL HIGHWAYS need care, ${LONG}. He said [laughter], ${LONG}.`
    expect(splitSentences(text)).toEqual([])
  })
})

describe('topicOf', () => {
  it.each([
    ['The Army and the Navy are ready.', 'peace'],
    ['Schools need teachers; teachers need schools.', 'society'],
    ['One army is not enough.', undefined],
    ['The army costs taxes, and taxes cost votes.', undefined],
  ])('%s → %s', (text, topic) => {
    expect(topicOf(text)).toBe(topic)
  })
})

it('gives each topic as many sentences, from two centuries', async () => {
  const sentences = await listSentences()
  for (const { value } of TOPICS) {
    const years = sentences.filter(({ topic }) => topic === value).map(({ year }) => year)
    expect(years).toHaveLength(SENTENCES_PER_TOPIC)
    expect(Math.max(...years) - Math.min(...years)).toBeGreaterThan(150)
  }
})
