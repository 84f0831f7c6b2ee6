-- Versions of the types. One of each type is ACTIVE; a PROPOSED one waits for a person, since it
-- would change or refuse what entries have; those before are RETIRED and stay readable.
CREATE TABLE ledger.type_version (
    type         text        NOT NULL,
    version      integer     NOT NULL,
    yaml         text        NOT NULL,
    sha256       text        NOT NULL,
    origin       text        NOT NULL CHECK (origin IN ('FILE', 'WEB')),
    state        text        NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'RETIRED')),
    username     text        NOT NULL,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    reason       text,
    created      timestamptz NOT NULL,
    activated    timestamptz,
    -- Whether all entries have been inspected by this version's rules.
    inspected    boolean     NOT NULL,
    PRIMARY KEY (type, version)
);
CREATE UNIQUE INDEX type_version_active ON ledger.type_version (type) WHERE state = 'ACTIVE';

-- Counts writes of entries, whatever they change: what is derived from entries compares it.
CREATE SEQUENCE ledger.revision;

-- Lists come from the search index; the indexes over all fields and findings cost every write more
-- than lists gained by them. Walks go through a ledger by identifier.
DROP INDEX ledger.entry_fields;
DROP INDEX ledger.entry_findings;
DROP INDEX ledger.entry_organisation;
CREATE INDEX entry_walk ON ledger.entry (type, id);
ALTER TABLE ledger.entry
    ADD COLUMN type_version integer NOT NULL DEFAULT 1,
    ADD COLUMN score real NOT NULL DEFAULT 1,
    ADD COLUMN removed timestamptz,
    ADD COLUMN revision bigint NOT NULL DEFAULT nextval('ledger.revision');

CREATE FUNCTION ledger.revise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := nextval('ledger.revision');
    RETURN NEW;
END $$;
CREATE TRIGGER revise BEFORE UPDATE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.revise();

-- Findings keep what their rule found; the texts are the rule's.
DROP VIEW published.ledger_finding;
UPDATE ledger.entry
   SET findings = (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                              'rule', f.value -> 'rule', 'weight', f.value -> 'weight',
                              'severity', f.value -> 'severity', 'field', f.value -> 'field',
                              'column', f.value -> 'column'))), '[]')
                     FROM jsonb_array_elements(findings) AS f (value))
 WHERE findings <> '[]';

CREATE VIEW published.ledger_finding AS
SELECT e.id AS entry, e.type, e.organisation,
       f.value ->> 'rule' AS rule, f.value ->> 'severity' AS severity,
       (f.value ->> 'weight')::integer AS weight, f.value ->> 'field' AS field,
       f.value ->> 'column' AS column_name
  FROM ledger.entry e CROSS JOIN LATERAL jsonb_array_elements(e.findings) AS f (value)
 WHERE e.removed IS NULL;
COMMENT ON VIEW published.ledger_finding IS 'What the rules say is wrong with entries now';
COMMENT ON COLUMN published.ledger_finding.entry IS 'Identifier of the entry';
COMMENT ON COLUMN published.ledger_finding.type IS 'Ledger of the entry';
COMMENT ON COLUMN published.ledger_finding.organisation IS 'Code of the organisation it belongs to';
COMMENT ON COLUMN published.ledger_finding.rule IS 'Identifier of the rule';
COMMENT ON COLUMN published.ledger_finding.severity IS 'BLOCKING, FINDING or ADVICE';
COMMENT ON COLUMN published.ledger_finding.weight IS 'How much the rule counts';
COMMENT ON COLUMN published.ledger_finding.field IS 'Field that it is about, or null';
COMMENT ON COLUMN published.ledger_finding.column_name IS 'Column of the table that it is about, or null';

CREATE OR REPLACE VIEW published.ledger_entry AS
SELECT id, type, code, title, organisation, state, fields, facts,
       finding_count AS findings, blocking_count AS blocking, standardised, version, created,
       updated, score::double precision AS score
  FROM ledger.entry
 WHERE removed IS NULL;
COMMENT ON VIEW published.ledger_entry IS 'Entries of all ledgers as they stand now, without those that were removed';
COMMENT ON COLUMN published.ledger_entry.score IS 'Share of the weight of the rules that it keeps, 0 to 1';

-- Which entry refers to which: the references of the fields, from both ends.
CREATE TABLE ledger.link (
    source uuid NOT NULL REFERENCES ledger.entry (id),
    field  text NOT NULL,
    target uuid NOT NULL REFERENCES ledger.entry (id),
    PRIMARY KEY (source, field, target)
);
CREATE INDEX link_target ON ledger.link (target);

CREATE VIEW published.ledger_link AS SELECT source, field, target FROM ledger.link;
COMMENT ON VIEW published.ledger_link IS 'Which entry refers to which';
COMMENT ON COLUMN published.ledger_link.source IS 'Entry that refers to the other';
COMMENT ON COLUMN published.ledger_link.field IS 'Field of its type that does';
COMMENT ON COLUMN published.ledger_link.target IS 'Entry that it refers to';

-- Values that no two entries of a ledger may share, by the type's lists of unique fields.
CREATE TABLE ledger.unique_key (
    type  text NOT NULL,
    key   text NOT NULL,
    entry uuid NOT NULL REFERENCES ledger.entry (id),
    PRIMARY KEY (type, key)
);
CREATE INDEX unique_key_entry ON ledger.unique_key (entry);

-- Changes that were made together, so that they can be undone together.
ALTER TABLE ledger.change ADD COLUMN batch uuid;
CREATE INDEX change_batch ON ledger.change (batch) WHERE batch IS NOT NULL;

CREATE TABLE ledger.comment (
    id           uuid PRIMARY KEY,
    entry        uuid        NOT NULL REFERENCES ledger.entry (id),
    time         timestamptz NOT NULL,
    username     text        NOT NULL,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    text         text        NOT NULL,
    removed      timestamptz
);
CREATE INDEX comment_entry ON ledger.comment (entry, time);

-- Files that people brought; the content is in the data folder, under its hash.
CREATE TABLE ledger.file (
    id           uuid PRIMARY KEY,
    name         text        NOT NULL,
    size         bigint      NOT NULL,
    sha256       text        NOT NULL,
    type         text        NOT NULL,
    time         timestamptz NOT NULL,
    username     text        NOT NULL,
    person       text        NOT NULL,
    organisation text        NOT NULL
);
CREATE TABLE ledger.attachment (
    file    uuid PRIMARY KEY REFERENCES ledger.file (id),
    entry   uuid NOT NULL REFERENCES ledger.entry (id),
    removed timestamptz
);
CREATE INDEX attachment_entry ON ledger.attachment (entry);

-- What people have filled in and not sent yet.
CREATE TABLE ledger.draft (
    username text        NOT NULL,
    type     text        NOT NULL,
    entry    text        NOT NULL,
    content  jsonb       NOT NULL,
    time     timestamptz NOT NULL,
    PRIMARY KEY (username, type, entry)
);

-- Filters that people keep.
CREATE TABLE ledger.saved_view (
    id       uuid PRIMARY KEY,
    username text        NOT NULL,
    type     text        NOT NULL,
    name     text        NOT NULL,
    query    text        NOT NULL,
    time     timestamptz NOT NULL,
    UNIQUE (username, type, name)
);

-- Entries on their way to another organisation.
CREATE TABLE ledger.transfer (
    id             uuid PRIMARY KEY,
    entry          uuid        NOT NULL REFERENCES ledger.entry (id),
    giver          text        NOT NULL,
    taker          text        NOT NULL,
    reason         text        NOT NULL,
    asked          timestamptz NOT NULL,
    asked_by       text        NOT NULL,
    asked_by_name  text        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('ASKED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
    decided        timestamptz,
    decided_by     text,
    decided_reason text
);
CREATE UNIQUE INDEX transfer_open ON ledger.transfer (entry) WHERE state = 'ASKED';

-- How standardised the ledgers were, day by day.
CREATE TABLE ledger.rate (
    day          date             NOT NULL,
    type         text             NOT NULL,
    organisation text             NOT NULL,
    entries      bigint           NOT NULL,
    standardised bigint           NOT NULL,
    score        double precision NOT NULL,
    PRIMARY KEY (day, type, organisation)
);
CREATE TABLE ledger.rule_rate (
    day          date   NOT NULL,
    type         text   NOT NULL,
    rule         text   NOT NULL,
    organisation text   NOT NULL,
    failed       bigint NOT NULL,
    PRIMARY KEY (day, type, rule, organisation)
);

CREATE VIEW published.ledger_rate AS
SELECT day, type, organisation, entries, standardised, score FROM ledger.rate;
COMMENT ON VIEW published.ledger_rate IS 'How standardised the ledgers were at the end of each day';
COMMENT ON COLUMN published.ledger_rate.day IS 'Day in the city''s zone';
COMMENT ON COLUMN published.ledger_rate.type IS 'Ledger';
COMMENT ON COLUMN published.ledger_rate.organisation IS 'Code of the organisation that the entries belong to';
COMMENT ON COLUMN published.ledger_rate.entries IS 'How many entries counted: not removed, not in an ended state';
COMMENT ON COLUMN published.ledger_rate.standardised IS 'How many of them had no finding but advice';
COMMENT ON COLUMN published.ledger_rate.score IS 'Sum of their scores; divided by the entries it is the mean score';
CREATE VIEW published.ledger_rule_rate AS
SELECT day, type, rule, organisation, failed FROM ledger.rule_rate;
COMMENT ON VIEW published.ledger_rule_rate IS 'How many entries broke each rule at the end of each day';
COMMENT ON COLUMN published.ledger_rule_rate.day IS 'Day in the city''s zone';
COMMENT ON COLUMN published.ledger_rule_rate.type IS 'Ledger';
COMMENT ON COLUMN published.ledger_rule_rate.rule IS 'Identifier of the rule';
COMMENT ON COLUMN published.ledger_rule_rate.organisation IS 'Code of the organisation that the entries belong to';
COMMENT ON COLUMN published.ledger_rule_rate.failed IS 'How many entries broke it';
