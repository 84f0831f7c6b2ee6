CREATE SCHEMA search;

-- What the last comparison of each kind's index with its source found.
CREATE TABLE search.comparison (
    kind     text PRIMARY KEY,
    time     timestamptz NOT NULL,
    compared bigint      NOT NULL,
    missing  bigint      NOT NULL,
    outdated bigint      NOT NULL,
    surplus  bigint      NOT NULL,
    millis   bigint      NOT NULL
);
