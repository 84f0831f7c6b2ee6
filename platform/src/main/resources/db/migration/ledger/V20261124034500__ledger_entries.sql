CREATE SCHEMA ledger;

CREATE TABLE ledger.entry (
    id             uuid PRIMARY KEY,
    type           text        NOT NULL,
    code           text        NOT NULL,
    title          text        NOT NULL,
    organisation   text        NOT NULL,
    state          text        NOT NULL,
    fields         jsonb       NOT NULL,
    facts          jsonb       NOT NULL,
    findings       jsonb       NOT NULL,
    finding_count  integer     NOT NULL,
    blocking_count integer     NOT NULL,
    standardised   boolean     NOT NULL,
    version        bigint      NOT NULL,
    created        timestamptz NOT NULL,
    updated        timestamptz NOT NULL,
    UNIQUE (type, code)
);
CREATE INDEX entry_updated ON ledger.entry (type, updated DESC);
CREATE INDEX entry_organisation ON ledger.entry (type, organisation);
CREATE INDEX entry_fields ON ledger.entry USING gin (fields jsonb_path_ops);
CREATE INDEX entry_findings ON ledger.entry USING gin (findings jsonb_path_ops);

-- Every change of an entry: its history.
CREATE TABLE ledger.change (
    entry        uuid        NOT NULL REFERENCES ledger.entry (id),
    version      bigint      NOT NULL,
    time         timestamptz NOT NULL,
    username     text        NOT NULL,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    action       text        NOT NULL,
    reason       text,
    differences  jsonb       NOT NULL,
    PRIMARY KEY (entry, version)
);

-- The last number given within each scope of a ledger's codes.
CREATE TABLE ledger.sequence (
    type  text   NOT NULL,
    scope text   NOT NULL,
    last  bigint NOT NULL,
    PRIMARY KEY (type, scope)
);

CREATE VIEW published.ledger_entry AS
SELECT id, type, code, title, organisation, state, fields, facts,
       finding_count AS findings, blocking_count AS blocking, standardised, version, created,
       updated
  FROM ledger.entry;
COMMENT ON VIEW published.ledger_entry IS 'Entries of all ledgers as they stand now';
COMMENT ON COLUMN published.ledger_entry.id IS 'Identifier of the entry';
COMMENT ON COLUMN published.ledger_entry.type IS 'Ledger: the name of its file in the city''s folder ledgers';
COMMENT ON COLUMN published.ledger_entry.code IS 'Code of the entry, unique within its ledger';
COMMENT ON COLUMN published.ledger_entry.title IS 'What people call the entry';
COMMENT ON COLUMN published.ledger_entry.organisation IS 'Code of the organisation it belongs to';
COMMENT ON COLUMN published.ledger_entry.state IS 'State, one of those in the file of its ledger';
COMMENT ON COLUMN published.ledger_entry.fields IS 'What people filled in, by field';
COMMENT ON COLUMN published.ledger_entry.facts IS 'What the platform knows about it, by fact';
COMMENT ON COLUMN published.ledger_entry.findings IS 'How many findings the rules have, advice left out';
COMMENT ON COLUMN published.ledger_entry.blocking IS 'How many findings hinder publishing';
COMMENT ON COLUMN published.ledger_entry.standardised IS 'Whether no finding but advice is left';
COMMENT ON COLUMN published.ledger_entry.version IS 'Counts the changes of the entry';
COMMENT ON COLUMN published.ledger_entry.created IS 'When it was added';
COMMENT ON COLUMN published.ledger_entry.updated IS 'When it was last changed';

CREATE VIEW published.ledger_finding AS
SELECT e.id AS entry, e.type, e.organisation,
       f.value ->> 'rule' AS rule, f.value ->> 'severity' AS severity,
       (f.value ->> 'weight')::integer AS weight, f.value ->> 'field' AS field,
       f.value ->> 'column' AS column_name, f.value #>> '{message,zh}' AS message
  FROM ledger.entry e CROSS JOIN LATERAL jsonb_array_elements(e.findings) AS f (value);
COMMENT ON VIEW published.ledger_finding IS 'What the rules say is wrong with entries now';
COMMENT ON COLUMN published.ledger_finding.entry IS 'Identifier of the entry';
COMMENT ON COLUMN published.ledger_finding.type IS 'Ledger of the entry';
COMMENT ON COLUMN published.ledger_finding.organisation IS 'Code of the organisation it belongs to';
COMMENT ON COLUMN published.ledger_finding.rule IS 'Identifier of the rule';
COMMENT ON COLUMN published.ledger_finding.severity IS 'BLOCKING, FINDING or ADVICE';
COMMENT ON COLUMN published.ledger_finding.weight IS 'How much the rule counts';
COMMENT ON COLUMN published.ledger_finding.field IS 'Field that it is about, or null';
COMMENT ON COLUMN published.ledger_finding.column_name IS 'Column of the table that it is about, or null';
COMMENT ON COLUMN published.ledger_finding.message IS 'What is wrong, in Chinese';
