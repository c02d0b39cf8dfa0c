import { QuestionView } from '@meedenk/domain/questions/schemas'
import { useQuery } from '@pinia/colada'
import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '../shell/api.ts'
import { readAddress, readSubject } from './report-subject.ts'

/** What is reported: from the link that led here, or from an address that somebody pastes. */
export function useReportSubject() {
  const route = useRoute()
  const router = useRouter()
  const subject = computed(() => readSubject(route.query['subject']))
  const error = ref<'shape' | 'missing'>()
  const busy = ref(false)

  const { data: question } = useQuery({
    key: () => ['report', subject.value?.id ?? ''],
    query: ({ signal }) => api.get(`/questions/${subject.value?.id}`, QuestionView, { signal }),
    // An answer has no page of its own, so only a question can be shown with its words.
    enabled: () => subject.value?.kind === 'question',
  })

  async function find(address: string): Promise<void> {
    const found = readAddress(address)
    error.value = found ? undefined : 'shape'
    if (!found || busy.value) return
    busy.value = true
    try {
      const { id, answers } = await api.get(`/questions/${found.number}`, QuestionView)
      const answer = answers.find((one) => one.id === found.answerId)
      await router.replace({ query: { subject: answer ? `answer:${answer.id}` : `question:${id}` } })
    } catch {
      error.value = 'missing'
    } finally {
      busy.value = false
    }
  }

  return { subject, question, find, error, busy }
}
