import { onMounted, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { announce } from '../shell/announce.ts'
import { useFormat } from '../shell/format.ts'
import { useSession } from '../shell/session.ts'

/** What the ask page hands over to the page of the new question, in the history entry. */
export interface Asked {
  people: number | null
  hours: number | null
}

/** "Gelukt", once, on the page where asking ended. */
export function useAsked() {
  const { t } = useI18n()
  const { formatHours } = useFormat()
  const session = useSession()
  const asked = ref<{ text: string; isNew: boolean }>()

  onMounted(() => {
    // Written by useAskForm and by nobody else.
    const handed = history.state?.asked as Asked | undefined
    if (!handed) return
    const hours = handed.hours === null ? '' : t('questions.asked.hours', { duration: formatHours(handed.hours) })
    const done = handed.people ? t('questions.asked.people', handed.people) : t('questions.asked.sent')
    asked.value = { text: `${done} ${hours}`.trim(), isNew: session.person !== null && !session.person.onboarded }
    announce(asked.value.text)
    history.replaceState({ ...history.state, asked: undefined }, '')
  })
  return asked
}
