import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { output, ZodType } from 'zod'
import { type ApiError, asApiError } from './api-error.ts'

export interface FormOptions {
  /** The sentence for a field that is not right, instead of the general one. */
  texts?: Record<string, () => string>
}
interface Flaw {
  name: string
  code: string
  facts: Record<string, string | number>
}

/** One form: its values, the check by the same schema the server uses, its errors per field and its sending. */
export function useForm<Values extends Record<string, unknown>, Schema extends ZodType>(
  schema: Schema,
  initial: Values,
  send: (input: output<Schema>) => Promise<unknown>,
  options: FormOptions = {},
) {
  const { t, te } = useI18n({ useScope: 'global' })
  const values = reactive({ ...initial }) as Values
  const flaws = shallowRef<Flaw[]>([])
  const failure = shallowRef<ApiError>()
  const busy = ref(false)

  const errors = computed(() => {
    const texts: Record<string, string> = {}
    for (const flaw of flaws.value) texts[flaw.name] ??= textOf(flaw)
    return texts
  })
  function textOf({ name, code, facts }: Flaw): string {
    const own = options.texts?.[name]
    if (own) return own()
    const keys = [`ui.issue.${code}`, `errors.${code}`]
    const key = keys.find((one) => te(one))
    return key ? t(key, facts) : t('ui.issue.other')
  }

  async function submit(): Promise<void> {
    if (busy.value) return
    failure.value = undefined
    const parsed = schema.safeParse(values)
    flaws.value = parsed.success ? [] : parsed.error.issues.map(flawOfIssue)
    if (!parsed.success) return showFirst()
    busy.value = true
    try {
      await send(parsed.data)
    } catch (error) {
      const known = asApiError(error)
      flaws.value = known.errors.map((one) => ({ name: nameOf(one.pointer), code: one.code, facts: {} }))
      if (flaws.value.length === 0) failure.value = known
      await showFirst()
    } finally {
      busy.value = false
    }
  }

  return reactive({ values, errors, failure, busy, submit })
}

function flawOfIssue(issue: { path: PropertyKey[]; code?: string; minimum?: unknown; maximum?: unknown }): Flaw {
  const facts: Record<string, string | number> = {}
  if (issue.minimum !== undefined) facts['min'] = Number(issue.minimum)
  if (issue.maximum !== undefined) facts['max'] = Number(issue.maximum)
  return { name: issue.path.map(String).join('.'), code: issue.code ?? 'other', facts }
}

function nameOf(pointer: string): string {
  return pointer.replace(/^#?\//, '').replaceAll('/', '.')
}

/** Two errors or more: to the summary; one: to its field; none: to what failed. */
async function showFirst(): Promise<void> {
  await nextTick()
  const target = ['[data-error-summary]', '[aria-invalid="true"]', '[data-form-failure]']
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((element) => element !== null)
  target?.focus()
}
