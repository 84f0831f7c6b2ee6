import { useI18n } from 'vue-i18n'

/** The stable names of the trace in words; a name without words stands as it is. */
export function useTraceWords() {
  const { t, te } = useI18n()
  const wordsOr = (key: string, name: string): string => (te(key) ? t(key) : name)
  return {
    kind: (name: string): string => wordsOr(`trace.kind.${name}`, name),
    /** What a detail is called, and its value where that is one of few. */
    part: (name: string): string => wordsOr(`trace.part.${name}`, name),
    value: (text: string): string => (/^\w+$/.test(text) ? wordsOr(`trace.value.${text}`, text) : text),
    action: (name: string | null): string => (name ? wordsOr(`trace.action.${name.replaceAll('.', '_')}`, name) : '–'),
  }
}
