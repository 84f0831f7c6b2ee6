import { shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiProblem, can, get, type LedgerSummary, type LedgerType } from '@/api'

/** What ledgers and their own acts are called, as their types say it; read once per language and ledger. */
const names = shallowReactive(new Map<string, string>())
const asked = new Set<string>()

async function read<Answer>(key: string, path: string, take: (answer: Answer) => void): Promise<void> {
  if (asked.has(key) || !can('ledger:read')) return
  asked.add(key)
  try {
    take(await get<Answer>(path))
  } catch (problem) {
    // Without the names the stable ones stand.
    if (!(problem instanceof ApiProblem)) throw problem
  }
}

/** Words for changes of entries of any ledger: its types can be changed at any time, so their words come from the server. */
export function useLedgerWords() {
  const { t, te, locale } = useI18n()

  function ledger(id: string): string | undefined {
    void read<LedgerSummary[]>(locale.value, '/ledgers', (all) => all.forEach((one) => names.set(`${locale.value} ${one.id}`, one.name)))
    return names.get(`${locale.value} ${id}`)
  }

  /** What was done to an entry, with the name of its ledger; nothing where no ledger has this name. */
  function act(name: string): string | undefined {
    const [id, action] = name.split('.')
    const called = id ? ledger(id) : undefined
    if (!id || !action || !called) return undefined
    const key = `${locale.value} ${id}.${action}`
    const words = `trace.act.${action}`
    if (!te(words)) void read<LedgerType>(`${locale.value} ${id}`, `/ledgers/${id}`, (type) => type.transitions?.forEach((one) => names.set(`${locale.value} ${id}.${one.action}`, one.name)))
    const done = te(words) ? t(words) : names.get(key)
    return done && t('trace.ledgerAct', { ledger: called, act: done })
  }

  return { ledger, act }
}
