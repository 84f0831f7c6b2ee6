CREATE SCHEMA violation;

-- Logs are looked at one after the other; the row is the lock.
CREATE TABLE violation.turn (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);
INSERT INTO violation.turn DEFAULT VALUES;

-- How far each log is looked at; it moves in the transaction that counts.
CREATE TABLE violation.seen (
    origin text PRIMARY KEY,
    next   bigint NOT NULL DEFAULT 0
);

-- What was counted for a rule, of an application or an interface, in a window.
CREATE TABLE violation.tally (
    rule         text        NOT NULL,
    subject      text        NOT NULL,
    window_start timestamptz NOT NULL,
    amount       bigint      NOT NULL,
    first        timestamptz NOT NULL,
    last         timestamptz NOT NULL,
    fired        boolean     NOT NULL,
    grants       text[]      NOT NULL,
    keys         text[]      NOT NULL,
    interfaces   text[]      NOT NULL,
    samples      jsonb       NOT NULL,
    PRIMARY KEY (rule, subject, window_start)
);
CREATE INDEX tally_window ON violation.tally (window_start);

CREATE SEQUENCE violation.case_number;
CREATE TABLE violation.violation (
    id                uuid        PRIMARY KEY,
    number            text        NOT NULL UNIQUE,
    rule              text        NOT NULL,
    rule_zh           text        NOT NULL,
    rule_en           text        NOT NULL,
    against           text        NOT NULL CHECK (against IN ('APPLICATION', 'INTERFACE')),
    subject           text        NOT NULL,
    subject_name      text        NOT NULL,
    organisation      text        NOT NULL,
    severity          integer     NOT NULL CHECK (severity BETWEEN 1 AND 3),
    state             text        NOT NULL CHECK (state IN
        ('NOTICED', 'JUDGING', 'RECTIFYING', 'RECHECKING', 'DISMISSED', 'RECTIFIED', 'REVOKED')),
    opened            timestamptz NOT NULL,
    found             timestamptz NOT NULL,
    answer            text,
    answer_false      boolean     NOT NULL DEFAULT false,
    answered          timestamptz,
    answered_by       text,
    answered_by_name  text,
    judgement         text CHECK (judgement IN ('DISMISS', 'RECTIFY', 'REVOKE')),
    judgement_reason  text,
    judged            timestamptz,
    judged_by         text,
    judged_by_name    text,
    rectify_due       timestamptz,
    rectification     text,
    proof             text,
    rectified         timestamptz,
    rectified_by      text,
    rectified_by_name text,
    settled           timestamptz,
    version           bigint      NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX violation_open ON violation.violation (rule, subject) WHERE settled IS NULL;
CREATE INDEX violation_opened ON violation.violation (opened DESC, id);
CREATE INDEX violation_subject ON violation.violation (subject);

-- Each window in which the rule fired, with samples of the records that prove it.
CREATE TABLE violation.finding (
    violation    uuid        NOT NULL REFERENCES violation.violation (id),
    window_start timestamptz NOT NULL,
    amount       bigint      NOT NULL,
    first        timestamptz NOT NULL,
    last         timestamptz NOT NULL,
    grants       text[]      NOT NULL,
    keys         text[]      NOT NULL,
    interfaces   text[]      NOT NULL,
    samples      jsonb       NOT NULL,
    PRIMARY KEY (violation, window_start)
);
CREATE INDEX finding_grants ON violation.finding USING gin (grants);
CREATE INDEX finding_interfaces ON violation.finding USING gin (interfaces);

CREATE TABLE violation.event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    violation  uuid        NOT NULL REFERENCES violation.violation (id),
    time       timestamptz NOT NULL,
    actor      text        NOT NULL,
    actor_name text        NOT NULL,
    action     text        NOT NULL,
    text       text        NOT NULL
);
CREATE INDEX event_violation ON violation.event (violation, id);

-- After a false alarm the rule does not fire for that one until a day.
CREATE TABLE violation.exemption (
    id            uuid        PRIMARY KEY,
    violation     uuid        NOT NULL REFERENCES violation.violation (id),
    rule          text        NOT NULL,
    subject       text        NOT NULL,
    until         date        NOT NULL,
    reason        text        NOT NULL,
    given         timestamptz NOT NULL,
    given_by_name text        NOT NULL,
    ended         timestamptz,
    ended_by      text
);
CREATE UNIQUE INDEX exemption_of ON violation.exemption (rule, subject) WHERE ended IS NULL;

CREATE VIEW published.violation AS
SELECT id, number, rule, rule_zh, rule_en, against, subject, subject_name, organisation, severity,
       state, opened, judged, rectify_due, rectified, settled
  FROM violation.violation;
COMMENT ON VIEW published.violation IS 'Cases of misuse of interfaces';
COMMENT ON COLUMN published.violation.id IS 'Identifier';
COMMENT ON COLUMN published.violation.number IS 'Number for people';
COMMENT ON COLUMN published.violation.rule IS 'Rule that fired';
COMMENT ON COLUMN published.violation.rule_zh IS 'Its name in Chinese';
COMMENT ON COLUMN published.violation.rule_en IS 'Its name in English';
COMMENT ON COLUMN published.violation.against IS 'APPLICATION or INTERFACE';
COMMENT ON COLUMN published.violation.subject IS 'Identifier of the application or interface';
COMMENT ON COLUMN published.violation.subject_name IS 'Its name';
COMMENT ON COLUMN published.violation.organisation IS 'Code of the organisation that answers for it';
COMMENT ON COLUMN published.violation.severity IS '1 low, 2 medium, 3 high';
COMMENT ON COLUMN published.violation.state IS 'NOTICED, JUDGING, RECTIFYING or RECHECKING while it is open; DISMISSED, RECTIFIED or REVOKED';
COMMENT ON COLUMN published.violation.opened IS 'When it was opened';
COMMENT ON COLUMN published.violation.judged IS 'When it was last judged, or null';
COMMENT ON COLUMN published.violation.rectify_due IS 'By when it was to be rectified, or null where that was not ordered';
COMMENT ON COLUMN published.violation.rectified IS 'When the rectification was reported, or null';
COMMENT ON COLUMN published.violation.settled IS 'When it ended, or null';
