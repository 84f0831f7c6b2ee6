import { inject, useId, type ComputedRef, type InjectionKey } from 'vue'

/** What a FormField tells the control inside it. */
export interface FieldContext {
  id: string
  describedBy: ComputedRef<string | undefined>
  invalid: ComputedRef<boolean>
  required: ComputedRef<boolean>
}

export const FIELD: InjectionKey<FieldContext> = Symbol('field')

/** The field a control stands in; alone, it gets an id of its own. */
export function useField(): { id: string; context: FieldContext | undefined } {
  const context = inject(FIELD, undefined)
  return { id: context?.id ?? useId(), context }
}
