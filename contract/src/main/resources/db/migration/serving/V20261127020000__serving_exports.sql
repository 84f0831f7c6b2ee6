-- Files that gateways make of large answers. Gateways write it, the platform shows it.
CREATE TABLE serving.export (
    id uuid PRIMARY KEY,
    gateway text NOT NULL,
    address text NOT NULL,
    interface text NOT NULL,
    application text NOT NULL,
    organisation text NOT NULL,
    sharing_grant text NOT NULL,
    -- Granted fields in the file's order, and how each is hidden.
    fields text[] NOT NULL,
    terms text NOT NULL,
    format text NOT NULL CHECK (format IN ('CSV', 'NDJSON')),
    state text NOT NULL DEFAULT 'WAITING'
        CHECK (state IN ('WAITING', 'RUNNING', 'READY', 'FAILED', 'EXPIRED', 'DELETED')),
    code text,
    -- The key of what the gateway keeps on its disk; gone when the file is.
    seal bytea CHECK (length(seal) = 32),
    attempt int NOT NULL DEFAULT 0,
    row_count bigint NOT NULL DEFAULT 0,
    byte_count bigint NOT NULL DEFAULT 0,
    sha256 text,
    note text,
    kept_hours int NOT NULL CHECK (kept_hours > 0),
    request text NOT NULL,
    ordered timestamptz NOT NULL DEFAULT clock_timestamp(),
    touched timestamptz NOT NULL DEFAULT clock_timestamp(),
    made timestamptz,
    expires timestamptz,
    ended timestamptz,
    downloads int NOT NULL DEFAULT 0,
    downloaded timestamptz,
    CHECK (state <> 'READY' OR (seal IS NOT NULL AND sha256 IS NOT NULL AND note IS NOT NULL
           AND made IS NOT NULL AND expires IS NOT NULL)),
    CHECK (state NOT IN ('FAILED', 'EXPIRED', 'DELETED') OR (seal IS NULL AND ended IS NOT NULL))
);

CREATE INDEX ON serving.export (gateway) WHERE state IN ('WAITING', 'RUNNING', 'READY');
CREATE INDEX ON serving.export (sharing_grant, ordered DESC);
CREATE INDEX ON serving.export (ended) WHERE ended IS NOT NULL;

COMMENT ON TABLE serving.export IS 'Exports of large answers; see the decision on exports.';
