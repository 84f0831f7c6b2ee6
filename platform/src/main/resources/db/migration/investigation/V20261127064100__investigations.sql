CREATE SCHEMA investigation;

-- Questions about who received what. A person who is asked about is kept as keyed digests alone.
CREATE TABLE investigation.investigation (
    id                uuid PRIMARY KEY,
    number            bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    type              text        NOT NULL CHECK (type IN ('SUBJECT', 'LEAK')),
    state             text        NOT NULL CHECK (state IN ('AWAITING_FILE', 'AWAITING_CONSENT',
                                  'WAITING', 'RUNNING', 'DONE', 'FAILED', 'REFUSED', 'CANCELLED')),
    dataset           text        NOT NULL,
    grade             text        NOT NULL,
    reason            text        NOT NULL,
    basis             text        NOT NULL,
    kind              text        NOT NULL DEFAULT '',
    shown             text        NOT NULL DEFAULT '',
    digests           jsonb,
    file_name         text        NOT NULL DEFAULT '',
    file_bytes        bigint      NOT NULL DEFAULT 0,
    file_sha256       text        NOT NULL DEFAULT '',
    layout            text,
    opened            timestamptz NOT NULL,
    opened_by         text        NOT NULL,
    opened_by_name    text        NOT NULL,
    organisation      text        NOT NULL,
    consented         timestamptz,
    consented_by      text        NOT NULL DEFAULT '',
    consented_by_name text        NOT NULL DEFAULT '',
    consent_reason    text        NOT NULL DEFAULT '',
    progress          double precision NOT NULL DEFAULT 0,
    alive             timestamptz,
    finished          timestamptz,
    error             text        NOT NULL DEFAULT '',
    result            jsonb
);
CREATE INDEX investigation_opened ON investigation.investigation (opened DESC, id);

-- The deliveries that an investigation found, so that its answer stays what it was.
CREATE TABLE investigation.hit (
    investigation uuid   NOT NULL REFERENCES investigation.investigation (id),
    delivery      bigint NOT NULL,
    rows          integer NOT NULL,
    PRIMARY KEY (investigation, delivery)
);
