import { locale } from '../shell/i18n.ts'

/** The name of a theme in the language of the reader. */
export function themeName(theme: { name: string; nameEn: string }): string {
  return locale.value === 'nl' ? theme.name : theme.nameEn
}
