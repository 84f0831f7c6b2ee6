CREATE SCHEMA conformance;

-- Leave to go live without an item; of each item of an application one is in force.
CREATE TABLE conformance.waiver (
    id                uuid PRIMARY KEY,
    entry             uuid        NOT NULL,
    item              text        NOT NULL,
    reason            text        NOT NULL,
    valid_until       date        NOT NULL,
    given             timestamptz NOT NULL,
    given_by          text        NOT NULL,
    given_by_name     text        NOT NULL,
    withdrawn         timestamptz,
    withdrawn_by      text,
    withdrawn_by_name text,
    withdrawn_reason  text
);
CREATE UNIQUE INDEX waiver_item ON conformance.waiver (entry, item) WHERE withdrawn IS NULL;
CREATE INDEX waiver_end ON conformance.waiver (valid_until) WHERE withdrawn IS NULL;

-- The checklists as they were last computed, for lists and rates; the gate computes anew.
CREATE TABLE conformance.checklist (
    entry        uuid PRIMARY KEY,
    code         text        NOT NULL,
    title        text        NOT NULL,
    organisation text        NOT NULL,
    state        text        NOT NULL,
    before       boolean     NOT NULL,
    ended        boolean     NOT NULL,
    passed       integer     NOT NULL,
    failed       integer     NOT NULL,
    waived       integer     NOT NULL,
    hindering    text[]      NOT NULL,
    components   integer     NOT NULL,
    used         integer     NOT NULL,
    computed     timestamptz NOT NULL
);
CREATE INDEX checklist_title ON conformance.checklist (title, (entry::text)) WHERE before;

CREATE VIEW published.conformance AS
SELECT entry AS application, code, organisation, state, before AS before_launch, passed, failed,
       waived, hindering, cardinality(hindering) = 0 AS conforming, components, used, computed
  FROM conformance.checklist WHERE NOT ended;
COMMENT ON VIEW published.conformance IS 'Checklists of applications that are not over: the rate of conforming ones is a count by conforming, the use of mandatory components the sum of used divided by the sum of components';
COMMENT ON COLUMN published.conformance.application IS 'Entry of the application';
COMMENT ON COLUMN published.conformance.code IS 'Code of the application';
COMMENT ON COLUMN published.conformance.organisation IS 'Code of the organisation it belongs to';
COMMENT ON COLUMN published.conformance.state IS 'State of the application';
COMMENT ON COLUMN published.conformance.before_launch IS 'Whether it has not gone live yet';
COMMENT ON COLUMN published.conformance.passed IS 'How many items hold';
COMMENT ON COLUMN published.conformance.failed IS 'How many items do not hold or cannot be told, waived ones left out';
COMMENT ON COLUMN published.conformance.waived IS 'How many items do not hold and are waived for now';
COMMENT ON COLUMN published.conformance.hindering IS 'Items that stand in the way of going live';
COMMENT ON COLUMN published.conformance.conforming IS 'Whether no mandatory item stands in the way';
COMMENT ON COLUMN published.conformance.components IS 'How many components its kind must use';
COMMENT ON COLUMN published.conformance.used IS 'How many of those it uses';
COMMENT ON COLUMN published.conformance.computed IS 'When it was computed';

CREATE VIEW published.conformance_waiver AS
SELECT id, entry AS application, item, reason, valid_until, given, withdrawn
  FROM conformance.waiver;
COMMENT ON VIEW published.conformance_waiver IS 'Leave to go live without an item of the checklist';
COMMENT ON COLUMN published.conformance_waiver.id IS 'Identifier';
COMMENT ON COLUMN published.conformance_waiver.application IS 'Entry of the application';
COMMENT ON COLUMN published.conformance_waiver.item IS 'Item of the checklist';
COMMENT ON COLUMN published.conformance_waiver.reason IS 'Why';
COMMENT ON COLUMN published.conformance_waiver.valid_until IS 'Last day on which it counts';
COMMENT ON COLUMN published.conformance_waiver.given IS 'When it was given';
COMMENT ON COLUMN published.conformance_waiver.withdrawn IS 'When it was withdrawn or replaced, or null';
