import type { QuestionMine, QuestionView } from '@meedenk/domain/questions/schemas'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../shell/format.ts'
import { usePromise } from './usePromise.ts'

/** What stands on the empty chairs of a question that nobody answered yet. */
export function useQuietText(question: Ref<QuestionView | undefined>, mine: Ref<QuestionMine>) {
  const { t } = useI18n()
  const { formatHours } = useFormat()
  const promise = usePromise(() => mine.value.isAsker && question.value?.answers.length === 0)

  return computed(() => {
    if (!mine.value.isAsker) return { title: t('questions.quiet.first'), text: t('questions.quiet.firstText') }
    const people = question.value?.peopleAsked ?? 0
    const hours = promise.value?.firstAnswerMedian.clockHours ?? null
    return {
      title: people > 0 ? t('questions.quiet.asked', people) : t('questions.quiet.asking'),
      text: hours === null ? t('questions.quiet.wait') : t('questions.quiet.hours', { duration: formatHours(hours) }),
    }
  })
}
