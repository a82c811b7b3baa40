/** What a sentence may be about, with the words that speak for it. A sentence of the demo has at least two
 *  words of one topic and none of another, so that the topic is certain. */
export const TOPICS = [
  {
    value: 'peace',
    label: 'War and peace',
    words:
      'war wars peace peaceful treaty treaties army navy military soldiers troops weapons enemy enemies ' +
      'hostilities armed defense defence',
  },
  {
    value: 'economy',
    label: 'Money, work and trade',
    words:
      'treasury debt revenue revenues tariff tariffs commerce trade taxes tax taxation budget jobs wages ' +
      'economy business unemployment dollars inflation prices exports industry',
  },
  {
    value: 'law',
    label: 'Laws, courts and elections',
    words:
      'constitution constitutional court courts judges judiciary election elections vote voting ballot ' +
      'statute statutes jury crime suffrage justice',
  },
  {
    value: 'society',
    label: 'Schools, health and families',
    words:
      'education school schools children health families hospital hospitals teachers disease college ' +
      'colleges students medical parents university',
  },
  {
    value: 'land',
    label: 'Land, water and roads',
    words:
      'forest forests river rivers lands railroad railroads canal highway highways irrigation soil parks ' +
      'harbors waters pollution wilderness mountains roads lakes',
  },
] as const
export type Topic = (typeof TOPICS)[number]['value']

const TOPIC_OF_WORD = new Map(
  TOPICS.flatMap(({ value, words }) => words.split(' ').map((word) => [word, value] as const)),
)

export function topicOfWord(word: string): Topic | undefined {
  return TOPIC_OF_WORD.get(word.toLowerCase().replaceAll(/[^a-z']/g, ''))
}

/** The topic that a text is certainly about, or undefined. */
export function topicOf(text: string): Topic | undefined {
  const topics = text.split(/[^A-Za-z']+/).flatMap((word) => topicOfWord(word) ?? [])
  const [first] = topics
  return topics.length >= 2 && topics.every((topic) => topic === first) ? first : undefined
}
