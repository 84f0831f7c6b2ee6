import { useI18n } from 'vue-i18n'
import { useLedgerWords } from './ledgerWords'

const UUID = /^([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]+$/
/** Enough of a long identifier to tell it from others in a list. */
const short = (id: string): string => id.replace(UUID, '$1…')

/** The stable names of the trace in words; a name without words stands as it is. */
export function useTraceWords() {
  const { t, te } = useI18n()
  const ledgers = useLedgerWords()
  const wordsOr = (key: string, name: string): string => (te(key) ? t(key) : name)
  return {
    kind: (name: string): string => wordsOr(`trace.kind.${name}`, name),
    /** What a detail is called, and its value where that is one of few. */
    part: (name: string): string => wordsOr(`trace.part.${name}`, name),
    value: (text: string): string => (/^\w+$/.test(text) ? wordsOr(`trace.value.${text}`, text) : text.replaceAll(/,(?=\w)/g, ', ')),
    /** An actor or an object in a list: what it is called, or else its identifier in short. */
    actor: (name: string | null, called: string | null): string => called || (name ? short(name) : '–'),
    object: (name: string | null, called: string | null): string => {
      const [, kind, id] = name?.match(/^([\w-]+):(.+)$/) ?? []
      const thing = kind && (te(`trace.thing.${kind}`) ? t(`trace.thing.${kind}`) : ledgers.ledger(kind))
      return thing && id ? `${thing} ${called || short(id)}` : called || short(name ?? '–')
    },
    action: (name: string | null): string => {
      if (!name) return '–'
      const key = `trace.action.${name.replaceAll('.', '_')}`
      return te(key) ? t(key) : (ledgers.act(name) ?? name)
    },
  }
}
