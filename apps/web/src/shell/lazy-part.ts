import { type Component, defineAsyncComponent, defineComponent, onMounted } from 'vue'
import { i18n } from './i18n.ts'
import { toast, toasts } from './toast.ts'

type Load<Part> = () => Promise<{ default: Part }>

const longestWaitMs = 60_000

/** A part that stands on the page; one that could not come is fetched again by itself. */
export function lazyPart<Part extends Component>(load: Load<Part>) {
  return defineAsyncComponent<Part>({
    loader: load,
    onError: (_error, retry, _fail, attempts) => void waitForChance(attempts).then(retry),
  })
}

/** A part that somebody asks for; one that could not come says so and closes, so that asking again fetches it again. */
export function lazyLayer<Part extends Component>(load: Load<Part>) {
  return defineAsyncComponent<Part>({ loader: load, errorComponent: MissingLayer })
}

/** Fetches a part by hand; undefined when it could not come, which is told then. */
export async function fetchPart<Part>(load: Load<Part>): Promise<Part | undefined> {
  try {
    return (await load()).default
  } catch {
    tellMissing()
    return undefined
  }
}

// Layers close with `update:open` and forms with `cancel`; whoever opened one listens to its own.
const MissingLayer = defineComponent({
  emits: ['update:open', 'cancel'],
  setup(_props, { emit }) {
    onMounted(() => {
      tellMissing()
      emit('update:open', false)
      emit('cancel')
    })
    return () => null
  },
})

function tellMissing(): void {
  const text = i18n.global.t(navigator.onLine ? 'shell.part.failed' : 'shell.part.offline')
  if (!toasts.value.some((one) => one.text === text)) toast({ text })
}

/** Until there is a connection again, or some time has passed, longer after each attempt. */
function waitForChance(attempts: number): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true })
    setTimeout(resolve, Math.min(1000 * 2 ** attempts, longestWaitMs))
  })
}
