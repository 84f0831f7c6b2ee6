import { defineAsyncComponent } from 'vue'

/** What this feature adds to the page of an entry; the component gets the entry's identifier as `entry`. */
export const ledger = 'key-person'
export const component = defineAsyncComponent(() => import('./ReachPanel.vue'))
