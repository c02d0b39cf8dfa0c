import errors from '@meedenk/domain/locales/errors.nl.json'

const rooms = Object.values(
  import.meta.glob<Record<string, object>>('../*/locales/nl.json', { eager: true, import: 'default' }),
)

/** Every Dutch text of every room, in one file of the build; the errors are the same words that the server uses. */
export const messages: Record<string, object> = {
  ...Object.assign({}, ...rooms),
  errors: { ...errors, ...Object.assign({}, ...rooms.map((room) => room['errors'])) },
}
