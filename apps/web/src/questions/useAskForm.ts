import { AskQuestion, QuestionAsked } from '@meedenk/domain/questions/schemas'
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api } from '../shell/api.ts'
import { localePath } from '../shell/locale-path.ts'
import { useSession } from '../shell/session.ts'
import { questionTarget } from './question-target.ts'
import type { Asked } from './useAsked.ts'
import { useAudience } from './useAudience.ts'
import { useDraftForm } from './useDraftForm.ts'
import { useSignedIn } from './useSignedIn.ts'

export type AskValues = {
  title: string
  body: string
  kind: 'factual' | 'think_along'
  themeIds: string[]
  anonymous: boolean
  showRole: boolean
  showRegion: boolean
  onlyRegion: string | null
}
const empty: AskValues = {
  title: '',
  body: '',
  kind: 'think_along',
  themeIds: [],
  anonymous: false,
  showRole: true,
  showRegion: false,
  onlyRegion: null,
}

/** Asking: from a worry to a question that was sent, without ever losing text. */
export function useAskForm() {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSession()
  const asPerson = useSignedIn()
  const email = ref('')

  const { form, values, draft } = useDraftForm({
    key: 'ask',
    schema: AskQuestion,
    empty,
    texts: {
      title: (): string => (values.title.trim() ? t('questions.ask.title.short') : t('questions.ask.title.missing')),
      themeIds: (): string => t('questions.ask.themes.missing'),
    },
    async send(input, idempotencyKey) {
      let asked: Parameters<typeof questionTarget>[0] | undefined
      const handOver: Asked = { people: audience.people.value, hours: audience.audience.value?.medianHours ?? null }
      const act = async () => {
        asked = await api.post('/questions', input, QuestionAsked, { idempotencyKey })
      }
      if (!(await asPerson(act, t('questions.signIn.ask'), email.value)) || !asked) return
      await draft.clear()
      const { path } = router.resolve(localePath(questionTarget(asked)))
      await router.push({ path, state: { asked: { ...handOver } } })
    },
  })
  const audience = useAudience(
    () => ({ themeIds: values.themeIds, onlyRegion: values.onlyRegion }),
    () => session.person?.id,
  )

  return { form, values, draft, email, session, ...audience, isStarted: computed(() => values.title.trim() !== '') }
}
