import { useI18n } from 'vue-i18n'
import { formatNumber, formatShare } from '@/ui'
import type { Finding, Investigation, InvestigationState, InvestigationType, LeakResult, Verdict } from './types'

export const TYPES: readonly InvestigationType[] = ['SUBJECT', 'LEAK']
export const STATES: readonly InvestigationState[] = ['AWAITING_FILE', 'AWAITING_CONSENT', 'WAITING', 'RUNNING', 'DONE', 'FAILED', 'REFUSED', 'CANCELLED']

/** The state whose sign and colour an investigation's state has. */
export function lookOf(state: InvestigationState): string {
  const looks: Record<InvestigationState, string> = { AWAITING_FILE: 'WATCH', AWAITING_CONSENT: 'IN_REVIEW', WAITING: 'LOADING', RUNNING: 'LOADING', DONE: 'GOOD', FAILED: 'FAILED', REFUSED: 'REFUSED', CANCELLED: 'NONE' }
  return looks[state]
}

/** The state whose sign and colour a verdict has. */
export function lookOfVerdict(verdict: Verdict): string {
  const looks: Record<Verdict, string> = { STRONG: 'BAD', CONSISTENT: 'WATCH', NONE: 'NONE' }
  return looks[verdict]
}

/** Whether it is being worked on, so that it is worth looking again. */
export const isUnderWay = (state: InvestigationState): boolean => state === 'WAITING' || state === 'RUNNING'

/** Whether it has not ended, so that it can be given up. */
export const isOpen = (state: InvestigationState): boolean => isUnderWay(state) || state === 'AWAITING_FILE' || state === 'AWAITING_CONSENT'

export type Step = 'ask' | 'file' | 'consent' | 'run' | 'done'

/** The steps an investigation takes and the present one; nothing for one that was ended early. */
export function stepsOf(one: Pick<Investigation, 'type' | 'grade' | 'state'>): { steps: Step[]; at: number } | undefined {
  const steps: Step[] = ['ask', ...(one.type === 'LEAK' ? ['file' as const] : []), ...(one.grade === 'L4' ? ['consent' as const] : []), 'run', 'done']
  const now: Partial<Record<InvestigationState, Step>> = { AWAITING_FILE: 'file', AWAITING_CONSENT: 'consent', WAITING: 'run', RUNNING: 'run' }
  if (one.state === 'DONE') return { steps, at: steps.length }
  const step = now[one.state]
  return step && { steps, at: steps.indexOf(step) }
}

/** A probability as people say it. */
export type Chance = { says: 'excluded' } | { says: 'oneIn'; n: number } | { says: 'likely'; share: number }

const BILLION = 1e9
/** From here on it is said as a share: "1 in 3" sounds rarer than it is. */
const LIKELY = 0.05

/** The bound of a probability; n is rounded down to two digits, so that it says no more than is known. */
export function chanceOf(probability: number): Chance {
  if (probability * BILLION < 1) return { says: 'excluded' }
  if (probability >= LIKELY) return { says: 'likely', share: Math.min(probability, 1) }
  const n = 1 / probability
  const step = 10 ** (Math.floor(Math.log10(n)) - 1)
  return { says: 'oneIn', n: Math.floor(n / step + 1e-9) * step }
}

/** What a result comes to. */
export interface Lead {
  says: 'nothing' | 'one' | 'tie' | 'several' | 'consistent' | 'consistentTie'
  /** Those that the sentence names. */
  findings: Finding[]
}

/** The plain answer to where the file comes from. */
export function leadOf(result: LeakResult): Lead {
  const strong = result.findings.filter((one) => one.verdict === 'STRONG')
  if (strong.length > 1) return { says: 'several', findings: strong }
  if (strong[0]) return { says: strong[0].recipients.length > 1 ? 'tie' : 'one', findings: strong }
  const consistent = result.findings.filter((one) => one.verdict === 'CONSISTENT')
  if (!consistent.length) return { says: 'nothing', findings: [] }
  const several = consistent.length > 1 || (consistent[0]?.recipients.length ?? 0) > 1
  return { says: several ? 'consistentTie' : 'consistent', findings: consistent }
}

/** The words of investigations. */
export function useInvestigationWords() {
  const { t, te, locale } = useI18n()
  const nameOf = (key: string, otherwise: string): string => (te(key) ? t(key) : otherwise)
  const and = (names: string[]): string => names.join(t('ui.process.and'))

  function large(n: number): string {
    if (locale.value === 'en') return n < 1e6 ? formatNumber(n) : t('investigation.number.million', { n: formatNumber(n / 1e6) })
    return n < 1e4 ? formatNumber(n) : n < 1e8 ? t('investigation.number.tenThousand', { n: formatNumber(n / 1e4) }) : t('investigation.number.hundredMillion', { n: formatNumber(n / 1e8) })
  }

  function chance(probability: number): string {
    const found = chanceOf(probability)
    if (found.says === 'excluded') return t('investigation.chance.excluded')
    return found.says === 'likely' ? t('investigation.chance.likely', { share: formatShare(found.share) }) : t('investigation.chance.oneIn', { n: large(found.n) })
  }

  const recipients = (finding: Finding): string => and(finding.recipients.map((one) => one.name))

  function lead(result: LeakResult): string {
    const { says, findings } = leadOf(result)
    const first = findings[0]
    const names = says === 'several' ? and(findings.map((one) => t('investigation.lead.part', { name: one.recipients.length > 1 ? t('investigation.lead.either', { names: recipients(one) }) : recipients(one), share: formatShare(one.weight) }))) : and(findings.flatMap((one) => one.recipients.map((each) => each.name)))
    return t(`investigation.lead.${says}`, { names, n: findings.reduce((sum, one) => sum + one.recipients.length, 0), rows: formatNumber(first?.rows ?? 0), examined: formatNumber(result.examined), share: formatShare(first?.weight ?? 0), chance: chance(Math.max(...findings.map((one) => one.chance), 0)) })
  }

  return {
    kind: (kind: string): string => nameOf(`investigation.kind.${kind}`, kind),
    error: (code: string): string => nameOf(`investigation.error.${code}`, t('investigation.error.other', { code })),
    chance,
    lead,
    recipients,
  }
}
