import type { SessionView } from '@meedenk/domain/people/schemas'
import { AnswerPosted, type Perspective, PostAnswer, type QuestionView } from '@meedenk/domain/questions/schemas'
import { useI18n } from 'vue-i18n'
import { api } from '../shell/api.ts'
import { useSession } from '../shell/session.ts'
import { useDraftForm } from './useDraftForm.ts'
import { useSignedIn } from './useSignedIn.ts'

type RoleKind = NonNullable<NonNullable<SessionView['person']>['roleKind']>
const perspectiveOfRole: Record<RoleKind, Perspective> = {
  practice: 'practice',
  policy: 'policy',
  coordination: 'practice',
  knowledge: 'knowledge',
  citizen: 'experience',
}
export type Referral = { url: string; title: string }
export type ComposerValues = {
  body: string
  perspective: Perspective | null
  anonymous: boolean
  referral: Referral | null
}

/** Writing an answer: kept per question, sent after signing in when needed. */
export function useAnswerComposer(question: QuestionView, posted: (id: string) => Promise<unknown>) {
  const { t } = useI18n()
  const session = useSession()
  const asPerson = useSignedIn()
  const role = session.person?.roleKind
  const empty: ComposerValues = {
    body: '',
    perspective: role ? perspectiveOfRole[role] : null,
    anonymous: false,
    referral: null,
  }

  const { form, values, draft } = useDraftForm({
    key: `answer-${question.id}`,
    schema: PostAnswer,
    empty,
    texts: {
      body: () => t('questions.compose.empty'),
      perspective: () => t('questions.compose.choosePerspective'),
      'referral.url': () => t('questions.compose.badAddress'),
    },
    async send(input, idempotencyKey) {
      let id = ''
      const act = async () => {
        id = (await api.post(`/questions/${question.id}/answers`, input, AnswerPosted, { idempotencyKey })).id
      }
      if (!(await asPerson(act, t('questions.signIn.answer')))) return
      await draft.clear()
      await posted(id)
    },
  })

  /** Puts the beginning of a sentence into the text. */
  function begin(starter: string): void {
    const before = values.body.trimEnd()
    values.body = before ? `${before}\n${starter} ` : `${starter} `
  }

  return { form, values, draft, begin, session }
}
