import { ref } from 'vue'

/** The address whose page could not be fetched because the connection is away; App then shows the offline page. */
export const lostPage = ref<string>()
