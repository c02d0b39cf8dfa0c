import { hasCitizenNumber } from '@meedenk/domain/privacy/citizen-number'
import { watch } from 'vue'
import type { output, ZodType } from 'zod'
import { ApiError } from '../shell/api-error.ts'
import { useDraft } from '../shell/draft.ts'
import { type FormOptions, useForm } from '../shell/form.ts'
import { useSession } from '../shell/session.ts'

interface DraftForm<Values, Schema extends ZodType> extends FormOptions {
  /** Under which name the text is kept. */
  key: string
  schema: Schema
  empty: Values
  /** Gets one key for one text, however often it is tried, so that it never arrives twice. */
  send(input: output<Schema>, idempotencyKey: string): Promise<unknown>
}

/** A form whose content is kept while it is written, on this device and for members on the server. */
export function useDraftForm<Values extends Record<string, unknown>, Schema extends ZodType>({
  key,
  schema,
  empty,
  send,
  ...options
}: DraftForm<Values, Schema>) {
  const session = useSession()
  // A citizen number stays on this device until it is taken out.
  let isRisky = false
  const draft = useDraft<Values & { sendKey: string }>(
    key,
    { ...empty, sendKey: '' },
    { onServer: () => session.person !== null && !isRisky },
  )

  const form = useForm(schema, kept(), guardedSend, options)
  // What useForm returns is reactive, and these are the values it was given.
  const values = form.values as Values

  function holdsCitizenNumber(): boolean {
    const texts = Object.values(values).filter((value) => typeof value === 'string')
    return hasCitizenNumber(texts.join('\n'))
  }
  async function guardedSend(input: output<Schema>): Promise<unknown> {
    if (holdsCitizenNumber()) throw new ApiError(422, 'citizen_number')
    return send(input, sendKey())
  }
  /** Only what this form knows: a draft may be older than the form. */
  function kept(): Values {
    const content: Record<string, unknown> = draft.content.value
    return Object.fromEntries(Object.keys(empty).map((name) => [name, content[name] ?? empty[name]])) as Values
  }
  function sendKey(): string {
    if (!draft.content.value.sendKey) draft.content.value = { ...draft.content.value, sendKey: crypto.randomUUID() }
    draft.save()
    return draft.content.value.sendKey
  }
  const isSame = () => JSON.stringify(kept()) === JSON.stringify(values)

  watch(
    () => JSON.stringify(values),
    () => {
      isRisky = holdsCitizenNumber()
      // Another text is another thing to send.
      if (!isSame()) draft.content.value = { ...plain(values), sendKey: '' }
    },
  )
  watch(draft.content, () => {
    if (!isSame()) Object.assign(values, plain(kept()))
  })

  return { form, values, draft }
}

function plain<Values>(values: Values): Values {
  return JSON.parse(JSON.stringify(values))
}
