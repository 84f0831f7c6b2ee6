CREATE SCHEMA intake;

-- Files on their way into ledgers.
CREATE TABLE intake.import (
    id                 uuid PRIMARY KEY,
    type               text        NOT NULL,
    file_name          text        NOT NULL,
    bytes              bigint      NOT NULL,
    state              text        NOT NULL CHECK (state IN
                       ('RECEIVED', 'CHECKING', 'CHECKED', 'APPLYING', 'APPLIED', 'STOPPED', 'FAILED')),
    username           text        NOT NULL,
    name               text        NOT NULL,
    organisation       text        NOT NULL,
    -- Who ordered what is under way, and in whose language.
    agent_username     text        NOT NULL,
    agent_name         text        NOT NULL,
    agent_organisation text        NOT NULL,
    language           text        NOT NULL,
    created            timestamptz NOT NULL,
    updated            timestamptz NOT NULL,
    layout             jsonb       NOT NULL,
    targets            jsonb       NOT NULL,
    options            jsonb       NOT NULL,
    counts             jsonb       NOT NULL,
    notices            jsonb       NOT NULL,
    samples            jsonb       NOT NULL,
    fault              jsonb,
    reason             text,
    batch              uuid,
    kept               boolean     NOT NULL DEFAULT true
);
CREATE INDEX import_type ON intake.import (type, created DESC);

-- Chunks that have been checked or written. That of a written one is added in the transaction that
-- writes its entries, so no chunk is written twice.
CREATE TABLE intake.chunk (
    import   uuid     NOT NULL REFERENCES intake.import (id) ON DELETE CASCADE,
    phase    text     NOT NULL CHECK (phase IN ('CHECK', 'APPLY')),
    round    integer  NOT NULL,
    number   integer  NOT NULL,
    counts   jsonb    NOT NULL,
    refused  bigint[] NOT NULL,
    deferred bigint[] NOT NULL,
    PRIMARY KEY (import, phase, round, number)
);

-- Why rows are refused, as far as there is room; the chunks have the numbers of all of them.
CREATE TABLE intake.finding (
    import    uuid    NOT NULL REFERENCES intake.import (id) ON DELETE CASCADE,
    number    bigint  GENERATED ALWAYS AS IDENTITY,
    line      bigint  NOT NULL,
    col       integer NOT NULL,
    code      text    NOT NULL,
    value     text    NOT NULL,
    arguments jsonb   NOT NULL,
    PRIMARY KEY (import, number)
);
CREATE INDEX finding_line ON intake.finding (import, line, col);
