import { describe, expect, it } from 'vitest'
import { en, zh } from '@/features/investigation/messages'
import type { Finding, LeakResult, Verdict } from '@/features/investigation/types'
import { chanceOf, isOpen, isUnderWay, leadOf, lookOf, lookOfVerdict, STATES, stepsOf } from '@/features/investigation/words'

function finding(names: string[], verdict: Verdict): Finding {
  return { recipients: names.map((name) => ({ id: name, name, organisation: { code: '', name: '' } })), rows: 10, received: 20, weight: 0.5, gain: 9, chance: 1e-12, verdict, deliveries: 1, marks: [] }
}
const result = (...findings: Finding[]): LeakResult => ({ rows: 1, faulty: 0, examined: 1, keyColumn: '', kind: '', direct: 0, linked: 0, population: 1, findings })

describe('a chance', () => {
  it('is said as one in so many, never more than is known', () => {
    expect(chanceOf(1 / 2_000_000)).toEqual({ says: 'oneIn', n: 2_000_000 })
    expect(chanceOf(0.001)).toEqual({ says: 'oneIn', n: 1000 })
    expect(chanceOf(1 / 1999)).toEqual({ says: 'oneIn', n: 1900 })
    expect(chanceOf(0.04)).toEqual({ says: 'oneIn', n: 25 })
  })

  it('below one in a billion is not counted further', () => {
    expect(chanceOf(1e-31)).toEqual({ says: 'excluded' })
    expect(chanceOf(0)).toEqual({ says: 'excluded' })
    expect(chanceOf(1e-9)).toEqual({ says: 'oneIn', n: 1e9 })
  })

  it('that is likely is said as a share', () => {
    expect(chanceOf(0.3)).toEqual({ says: 'likely', share: 0.3 })
    expect(chanceOf(1.5)).toEqual({ says: 'likely', share: 1 })
  })
})

describe('a result', () => {
  it('names one source only where one is found', () => {
    expect(leadOf(result(finding(['a'], 'STRONG'), finding(['b'], 'NONE'))).says).toBe('one')
    expect(leadOf(result(finding(['b'], 'NONE'))).says).toBe('nothing')
    expect(leadOf(result()).says).toBe('nothing')
  })

  it('names all of a tie and all of a mixture', () => {
    const tie = leadOf(result(finding(['a', 'b'], 'STRONG')))
    expect(tie.says).toBe('tie')
    expect(tie.findings.flatMap((one) => one.recipients.map((each) => each.name))).toEqual(['a', 'b'])
    expect(leadOf(result(finding(['a'], 'STRONG'), finding(['b'], 'STRONG'), finding(['c'], 'CONSISTENT'))).findings).toHaveLength(2)
  })

  it('accuses nobody of what only fits', () => {
    expect(leadOf(result(finding(['a'], 'CONSISTENT'))).says).toBe('consistent')
    expect(leadOf(result(finding(['a', 'b'], 'CONSISTENT'))).says).toBe('consistentTie')
  })

  it('has words for whatever it comes to', () => {
    for (const words of [zh, en]) expect(Object.keys(words.leadText).every((says) => says in words.lead)).toBe(true)
  })
})

describe('an investigation', () => {
  it('has a look and words for every state', () => {
    for (const state of STATES) {
      expect(lookOf(state)).toBeTruthy()
      expect(zh.state).toHaveProperty(state)
      expect(en.state).toHaveProperty(state)
    }
    for (const verdict of ['STRONG', 'CONSISTENT', 'NONE'] as const) expect(lookOfVerdict(verdict)).toBeTruthy()
  })

  it('takes the steps of its kind and grade', () => {
    expect(stepsOf({ type: 'SUBJECT', grade: 'L3', state: 'RUNNING' })).toEqual({ steps: ['ask', 'run', 'done'], at: 1 })
    expect(stepsOf({ type: 'LEAK', grade: 'L4', state: 'AWAITING_CONSENT' })).toEqual({ steps: ['ask', 'file', 'consent', 'run', 'done'], at: 2 })
    expect(stepsOf({ type: 'LEAK', grade: 'L3', state: 'DONE' })?.at).toBe(4)
    expect(stepsOf({ type: 'LEAK', grade: 'L3', state: 'CANCELLED' })).toBeUndefined()
  })

  it('is looked at again only while it is worked on', () => {
    expect(STATES.filter(isUnderWay)).toEqual(['WAITING', 'RUNNING'])
    expect(STATES.filter(isOpen)).toEqual(['AWAITING_FILE', 'AWAITING_CONSENT', 'WAITING', 'RUNNING'])
  })
})
