import type { AnswerView, QuestionMine, QuestionView, turns } from '@meedenk/domain/questions/schemas'
import { useI18n } from 'vue-i18n'
import { api } from '../shell/api.ts'
import { asApiError } from '../shell/api-error.ts'
import { useErrorText } from '../shell/i18n.ts'
import { toast } from '../shell/toast.ts'
import type { UsedQuestion } from './useQuestion.ts'
import { useSignedIn } from './useSignedIn.ts'

type Turn = (typeof turns)[number] | null
interface Change {
  question?: Partial<QuestionView>
  mine?: Partial<QuestionMine>
}

/** The small marks of a question: seen at once, taken back when the server says no. */
export function useMarks({ question, mine, show, showMine, reload }: UsedQuestion) {
  const { t } = useI18n()
  const errorText = useErrorText()
  const asPerson = useSignedIn()

  function apply(change: Change): void {
    if (change.question && question.value) show({ ...question.value, ...change.question })
    if (change.mine) showMine({ ...mine.value, ...change.mine })
  }
  /** Shows what will be true, sends it, and shows what was true again when sending fails. */
  async function mark(change: () => Change, send: () => Promise<void>, reason: string): Promise<boolean> {
    let before: Change | undefined
    const act = async () => {
      if (question.value) before ??= { question: question.value, mine: mine.value }
      apply(change())
      await send()
    }
    try {
      return await asPerson(act, reason)
    } catch (error) {
      if (before) apply(before)
      toast({ text: errorText(asApiError(error)) })
      return false
    }
  }
  const put = (on: boolean, path: string, body?: object) => (on ? api.put(path, body) : api.delete(path))

  async function setMeToo(on: boolean, withUndo = true): Promise<void> {
    const id = question.value?.id
    const done = await mark(
      () => ({
        question: { meToos: (question.value?.meToos ?? 0) + (on === mine.value.meToo ? 0 : on ? 1 : -1) },
        mine: { meToo: on },
      }),
      () => put(on, `/questions/${id}/me-too`),
      t('questions.signIn.meToo'),
    )
    if (done && withUndo)
      toast({
        text: on ? t('questions.acts.meTooDone') : t('questions.acts.meTooUndone'),
        undo: () => setMeToo(!on, false),
      })
  }

  async function setSaved(on: boolean, withUndo = true): Promise<void> {
    const done = await mark(
      () => ({ mine: { saved: on } }),
      () => put(on, `/questions/${question.value?.id}/saved`),
      t('questions.signIn.save'),
    )
    if (done && withUndo)
      toast({ text: on ? t('questions.acts.saved') : t('questions.acts.unsaved'), undo: () => setSaved(!on, false) })
  }

  async function setThanks(answer: AnswerView, on: boolean): Promise<void> {
    await mark(
      () => {
        const known = mine.value.answers.find((one) => one.id === answer.id)
        const was = known?.thanked ?? false
        const entry = known ?? {
          id: answer.id,
          mine: false,
          canEdit: no,
          canWithdraw: no,
          canThank: { allowed: true as const },
        }
        return {
          question: withAnswer(question.value, answer.id, (one) => ({
            ...one,
            thanks: one.thanks + (was === on ? 0 : on ? 1 : -1),
          })),
          mine: { answers: [...mine.value.answers.filter((one) => one.id !== answer.id), { ...entry, thanked: on }] },
        }
      },
      () => put(on, `/answers/${answer.id}/thanks`),
      t('questions.signIn.thank'),
    )
  }

  async function setHelped(answer: AnswerView, on: boolean, turn: Turn = null, withUndo = true): Promise<void> {
    const before = { helped: answer.helped, turn: answer.turn }
    const done = await mark(
      () => ({
        question: withAnswer(question.value, answer.id, (one) => ({ ...one, helped: on, turn: on ? turn : null })),
      }),
      () => put(on, `/answers/${answer.id}/helped`, on ? { turn } : undefined),
      t('questions.signIn.helped'),
    )
    if (!done || !withUndo || before.helped === on) return
    toast({
      text: on ? t('questions.answer.helpedDone') : t('questions.answer.helpedUndone'),
      undo: () => setHelped(answer, before.helped, before.turn, false),
    })
  }

  return { setMeToo, setSaved, setThanks, setHelped, asPerson, reload }
}
export type Marks = ReturnType<typeof useMarks>

const no = { allowed: false, because: 'not_yours' } as const

function withAnswer(
  question: QuestionView | undefined,
  id: string,
  change: (answer: AnswerView) => AnswerView,
): Partial<QuestionView> {
  return { answers: (question?.answers ?? []).map((answer) => (answer.id === id ? change(answer) : answer)) }
}
