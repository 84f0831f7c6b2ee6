CREATE SCHEMA border;

-- Keys of creations that may be sent twice, with what was answered.
CREATE TABLE border.idempotency (
    person      text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    answer      text,
    created     timestamptz NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_created ON border.idempotency (created);
