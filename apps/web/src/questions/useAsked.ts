import type { QuestionView } from '@meedenk/domain/questions/schemas'
import { computed, onMounted, type Ref, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { announce } from '../shell/announce.ts'
import { useFormat } from '../shell/format.ts'
import { useSession } from '../shell/session.ts'

/** What the ask page hands over to the page of the new question, in the history entry. */
export interface Asked {
  people: number | null
  hours: number | null
}

/** "Gelukt", on the page where asking ended; who really got the question replaces who was counted before. */
export function useAsked(question: Ref<QuestionView | undefined>) {
  const { t } = useI18n()
  const { formatHours } = useFormat()
  const session = useSession()
  const handed = ref<Asked>()

  const asked = computed(() => {
    if (!handed.value) return undefined
    const { people, hours } = handed.value
    const reached = question.value?.peopleAsked || people
    const done = reached ? t('questions.asked.people', reached) : t('questions.asked.sent')
    const wait = hours === null ? '' : t('questions.asked.hours', { duration: formatHours(hours) })
    return { text: `${done} ${wait}`.trim(), isNew: session.person !== null && !session.person.onboarded }
  })
  onMounted(() => {
    // Written by useAskForm and by nobody else.
    handed.value = history.state?.asked as Asked | undefined
    if (!handed.value) return
    history.replaceState({ ...history.state, asked: undefined }, '')
    announce(asked.value?.text ?? '')
  })
  return asked
}
