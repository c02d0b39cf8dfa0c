import { type ComputedRef, type InjectionKey, inject } from 'vue'

export interface FieldContext {
  id: string
  describedBy: ComputedRef<string | undefined>
  invalid: ComputedRef<boolean>
  required: ComputedRef<boolean>
}
export const fieldKey: InjectionKey<FieldContext> = Symbol('field')

/** What the MdField around a control says about it. */
export function useField(): FieldContext | undefined {
  return inject(fieldKey, undefined)
}

/** The id of the control with this name, so that a summary of errors can lead to it. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^\w-]/g, '-')}`
}
