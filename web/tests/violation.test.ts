import { describe, expect, it } from 'vitest'
import { lengthOf, lookOf, lookOfSeverity, SEVERITIES, STATES } from '@/features/violation/words'

describe('violations', () => {
  it('read lengths of time as the rules write them', () => {
    expect(lengthOf('PT1H')).toEqual({ n: 1, unit: 'hour' })
    expect(lengthOf('PT10M')).toEqual({ n: 10, unit: 'minute' })
    expect(lengthOf('P7D')).toEqual({ n: 7, unit: 'day' })
  })

  it('have a look for every state and severity', () => {
    expect(STATES.every((state) => lookOf(state))).toBe(true)
    expect(SEVERITIES.every((severity) => lookOfSeverity(severity))).toBe(true)
  })
})
