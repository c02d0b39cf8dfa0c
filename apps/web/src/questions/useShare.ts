import { useI18n } from 'vue-i18n'
import { toast } from '../shell/toast.ts'

/** Hands the address of this page to another app, or puts it on the clipboard. */
export function useShare() {
  const { t } = useI18n()

  return async function share(title: string): Promise<void> {
    const url = `${location.origin}${location.pathname}`
    if (navigator.share) {
      // Closing the list of apps is a choice, not a failure.
      await navigator.share({ title, url }).catch(() => undefined)
      return
    }
    const copied = await navigator.clipboard.writeText(url).then(
      () => true,
      () => false,
    )
    toast({ text: copied ? t('questions.acts.copied') : t('questions.acts.copyYourself', { url }) })
  }
}
