/** Every Dutch text of every room, in one file of the build. */
export const messages: Record<string, object> = Object.assign(
  {},
  ...Object.values(import.meta.glob<Record<string, object>>('../*/locales/nl.json', { eager: true, import: 'default' })),
)
