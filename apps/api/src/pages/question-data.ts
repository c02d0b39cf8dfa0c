import type { AnswerView, AuthorView, QuestionView } from '@meedenk/domain/questions/schemas'
import type { Words } from './page-words.ts'

const descriptionMax = 160
/** Who reads the data reads the page as well: the whole answer stands there. */
const answerMax = 500

/** What a search engine or a message shows below the title. */
export function describeQuestion(question: QuestionView, words: Words): string {
  // More than enough for the description, and less to look through than all.
  const text = (question.yield?.body ?? question.body).slice(0, descriptionMax * 3)
  return shorten(text.replace(/\s+/g, ' ').trim() || words.list.description, descriptionMax, '…')
}

/** At most so many characters, ending at a word and never in half a character. */
function shorten(text: string, most: number, end: string): string {
  if (text.length <= most) return text
  const cut = text
    .slice(0, most - end.length)
    .toWellFormed()
    .replaceAll('\ufffd', '')
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2))}${end}`
}

/** The same as the page, for machines: schema.org QAPage as JSON-LD. */
export function questionData(question: QuestionView, address: string, words: Words): string {
  const helped = question.answers.filter((answer) => answer.helped)
  const others = question.answers.filter((answer) => !answer.helped)
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    url: address,
    mainEntity: {
      '@type': 'Question',
      name: question.title,
      text: question.body || question.title,
      inLanguage: 'nl',
      url: address,
      datePublished: question.askedAt,
      dateModified: question.editedAt ?? undefined,
      author: personData(question.author, words),
      answerCount: question.answers.length,
      upvoteCount: question.meToos,
      keywords: question.themes.map((theme) => theme.name).join(', ') || undefined,
      acceptedAnswer: helped.length > 0 ? helped.map((answer) => answerData(answer, address, words)) : undefined,
      suggestedAnswer: others.length > 0 ? others.map((answer) => answerData(answer, address, words)) : undefined,
    },
  })
}

function answerData(answer: AnswerView, address: string, words: Words) {
  return {
    '@type': 'Answer',
    text: shorten(answer.body, answerMax, '...'),
    inLanguage: 'nl',
    url: `${address}#antwoord-${answer.id}`,
    datePublished: answer.postedAt,
    dateModified: answer.editedAt ?? undefined,
    author: personData(answer.author, words),
    upvoteCount: answer.thanks,
  }
}

function personData(author: AuthorView, words: Words) {
  return { '@type': 'Person', name: author.anonymous ? words.question.anonymous : (author.name ?? words.question.left) }
}
