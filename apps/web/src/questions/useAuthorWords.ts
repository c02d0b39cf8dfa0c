import type { AuthorView, Perspective } from '@meedenk/domain/questions/schemas'
import { useI18n } from 'vue-i18n'
import { locale } from '../shell/i18n.ts'

/** How authors and perspectives are named in a sentence. */
export function useAuthorWords() {
  const { t } = useI18n()

  /** The name, or what stands in its place when there is none to show. */
  function authorName(author: AuthorView): string {
    if (author.anonymous) return author.isAsker ? t('questions.author.asker') : t('questions.author.anonymous')
    return author.name ?? t('questions.author.left')
  }

  /** Work and region, as far as the author shows them. */
  function authorLine(author: AuthorView): string {
    const work = author.jobTitle ?? (author.roleKind ? t(`questions.role.${author.roleKind}`) : null)
    const region =
      author.region && author.anonymous ? t('questions.author.region', { region: author.region }) : author.region
    return [work, region].filter(Boolean).join(', ')
  }

  function perspectiveName(perspective: Perspective): string {
    return t(`questions.perspective.${perspective}`)
  }

  /** "beleid en kennis", in the middle of a sentence. */
  function perspectiveList(list: Perspective[]): string {
    const words = list.map((one) => t(`questions.perspectiveInside.${one}`))
    return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(words)
  }

  return { authorName, authorLine, perspectiveName, perspectiveList }
}
