import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en, zh } from '@/features/trace/messages'

/** The changes the platform writes into the trace, besides those of its ledgers. */
const ACTIONS = `
  call
  session.opened session.closed
  person.added person.changed person.locked person.unlocked person.passwordSet
  upload.received upload.ordered upload.loaded upload.failed upload.cancelled upload.discarded
  dataset.load dataset.confirm dataset.describe dataset.viewed
  interface.published interface.live interface.failed interface.refreshed interface.described interface.withdrawn interface.restored
  application.added application.changed key.added key.revoked
  reporter.added reporter.revoked
  request.submitted request.assessed request.approved request.refused request.returned request.withdrawn request.resubmitted
  grant.given grant.revoked
  duplicate.decided
`.split(/\s+/).filter(Boolean)

/** Every ledger adds, changes and moves its entries; its file names the moves. */
const LEDGERS = '../city/huzhou/ledgers'
const moves = readdirSync(LEDGERS).flatMap((name) => {
  const file = readFileSync(`${LEDGERS}/${name}`, 'utf8')
  const ledger = file.match(/^id: (\S+)/m)?.[1] ?? ''
  return ['add', 'change', ...[...file.matchAll(/\{action: (\w+)/g)].map((match) => match[1] ?? '')].map((act) => `${ledger}.${act}`)
})

describe('an action of the trace', () => {
  it('has words in both languages', () => {
    expect(moves.length).toBeGreaterThan(10)
    for (const action of [...ACTIONS, ...moves]) {
      const key = action.replaceAll('.', '_')
      expect(zh.action, action).toHaveProperty(key)
      expect(en.action, action).toHaveProperty(key)
    }
  })
})
