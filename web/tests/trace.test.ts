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
  investigation.opened investigation.file.received investigation.agreed investigation.refused investigation.cancelled investigation.viewed investigation.done investigation.failed
  subject-key.rotated package.made record.erased finding
  ledger-type.activate ledger-type.propose ledger-file.receive
`.split(/\s+/).filter(Boolean)

/** What is done to entries of any ledger; acts of states are named by their type. */
const ACTS = 'add change remove bring-back restore import transfer transfer-ask transfer-decline undo comment uncomment attach detach'.split(' ')

describe('an action of the trace', () => {
  it('has words in both languages', () => {
    for (const action of ACTIONS) {
      const key = action.replaceAll('.', '_')
      expect(zh.action, action).toHaveProperty(key)
      expect(en.action, action).toHaveProperty(key)
    }
    for (const act of ACTS) {
      expect(zh.act, act).toHaveProperty([act])
      expect(en.act, act).toHaveProperty([act])
    }
  })
})
