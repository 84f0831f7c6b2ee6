-- A platform above (the province) and platforms below (cities): who they are, what is reported
-- upwards, what is ordered downwards. Any platform may be both.
CREATE SCHEMA superior;

-- Below: those that report here.
CREATE TABLE superior.subordinate (
    id              uuid        PRIMARY KEY,
    name            text        NOT NULL,
    division        text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('INVITED', 'ENROLLED', 'REVOKED')),
    created         timestamptz NOT NULL,
    created_by_name text        NOT NULL,
    -- SHA-256 of the enrolment code; the code itself is shown once.
    code_hash       bytea       NOT NULL,
    code_expires    timestamptz NOT NULL,
    key             text,
    caller_key      text,
    software        text,
    enrolled        timestamptz,
    seen            timestamptz,
    -- The highest number of a report that is stored here.
    received        bigint      NOT NULL DEFAULT 0,
    last_order      bigint      NOT NULL DEFAULT 0,
    application     uuid,
    application_key text,
    version         bigint      NOT NULL DEFAULT 1
);

-- Messages that were taken already, until they are too old to be taken anyway.
CREATE TABLE superior.nonce (
    subordinate uuid        NOT NULL,
    nonce       text        NOT NULL,
    time        timestamptz NOT NULL,
    PRIMARY KEY (subordinate, nonce)
);
CREATE INDEX nonce_time ON superior.nonce (time);

-- The newest state of what subordinates reported.
CREATE TABLE superior.reported_object (
    subordinate  uuid        NOT NULL REFERENCES superior.subordinate (id),
    kind         text        NOT NULL CHECK (kind IN ('CATALOGUE', 'INTERFACE', 'VIOLATION')),
    id           text        NOT NULL,
    number       bigint      NOT NULL,
    time         timestamptz NOT NULL,
    received     timestamptz NOT NULL,
    title        text        NOT NULL,
    organisation text        NOT NULL,
    state        text        NOT NULL,
    body         jsonb       NOT NULL,
    PRIMARY KEY (subordinate, kind, id)
);

CREATE TABLE superior.reported_hour (
    subordinate uuid        NOT NULL REFERENCES superior.subordinate (id),
    hour        timestamptz NOT NULL,
    interface   text        NOT NULL,
    number      bigint      NOT NULL,
    calls       bigint      NOT NULL,
    answered    bigint      NOT NULL,
    row_count   bigint      NOT NULL,
    refused     jsonb       NOT NULL,
    PRIMARY KEY (subordinate, hour, interface)
);

-- Orders to subordinates, exactly as they are signed.
CREATE TABLE superior.sent_order (
    subordinate uuid        NOT NULL REFERENCES superior.subordinate (id),
    number      bigint      NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('SUSPEND', 'LIFT', 'OFFER', 'WITHDRAW')),
    interface   text        NOT NULL,
    text        text        NOT NULL,
    signature   text        NOT NULL,
    given       timestamptz NOT NULL,
    given_by    text        NOT NULL,
    result      text CHECK (result IN ('APPLIED', 'REFUSED')),
    reason      text,
    answered    timestamptz,
    PRIMARY KEY (subordinate, number)
);

-- Above: to whom is reported, at most one.
CREATE TABLE superior.uplink (
    only_row      boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    address       text        NOT NULL,
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    key           text        NOT NULL,
    connected     timestamptz NOT NULL,
    connected_by  text        NOT NULL,
    last_number   bigint      NOT NULL DEFAULT 0,
    acknowledged  bigint      NOT NULL DEFAULT 0,
    last_order    bigint      NOT NULL DEFAULT 0,
    reached       timestamptz,
    failures      integer     NOT NULL DEFAULT 0,
    error         text,
    next_try      timestamptz NOT NULL
);

-- Reports that are not acknowledged. Of one thing only the newest state stands here.
CREATE TABLE superior.report (
    number bigint      PRIMARY KEY,
    kind   text        NOT NULL,
    object text        NOT NULL,
    time   timestamptz NOT NULL,
    body   text        NOT NULL,
    UNIQUE (kind, object)
);

-- What was last put into reports of each thing, to find what changed.
CREATE TABLE superior.told (
    kind   text        NOT NULL,
    object text        NOT NULL,
    digest text        NOT NULL,
    time   timestamptz NOT NULL,
    PRIMARY KEY (kind, object)
);

-- Calls of each interface by hours, counted from the gateways' logs.
CREATE TABLE superior.hour (
    hour      timestamptz NOT NULL,
    interface text        NOT NULL,
    calls     bigint      NOT NULL,
    answered  bigint      NOT NULL,
    row_count bigint      NOT NULL,
    refused   jsonb       NOT NULL,
    dirty     boolean     NOT NULL DEFAULT true,
    told      timestamptz,
    PRIMARY KEY (hour, interface)
);
CREATE INDEX hour_dirty ON superior.hour (hour) WHERE dirty;
CREATE TABLE superior.counted (
    origin text   PRIMARY KEY,
    next   bigint NOT NULL
);

-- Orders from above, exactly as they are signed, and what came of them.
CREATE TABLE superior.received_order (
    uplink    uuid        NOT NULL,
    number    bigint      NOT NULL,
    kind      text        NOT NULL,
    interface text        NOT NULL,
    text      text        NOT NULL,
    signature text        NOT NULL,
    given     timestamptz NOT NULL,
    applied   timestamptz NOT NULL,
    result    text        NOT NULL CHECK (result IN ('APPLIED', 'REFUSED')),
    reason    text,
    PRIMARY KEY (uplink, number)
);

-- Interfaces from above that may be taken over.
CREATE TABLE superior.offer (
    interface   text        PRIMARY KEY,
    number      bigint      NOT NULL,
    offered     timestamptz NOT NULL,
    body        jsonb       NOT NULL,
    withdrawn   timestamptz,
    taken_as    text,
    taken       timestamptz,
    taken_by    text
);

CREATE VIEW published.subordinate AS
SELECT id, name, division, state, created, enrolled, seen, received FROM superior.subordinate;
COMMENT ON VIEW published.subordinate IS 'Platforms of lower levels that report here';
COMMENT ON COLUMN published.subordinate.id IS 'Identifier';
COMMENT ON COLUMN published.subordinate.name IS 'Name for people';
COMMENT ON COLUMN published.subordinate.division IS 'Code of its division by GB/T 2260';
COMMENT ON COLUMN published.subordinate.state IS 'INVITED, ENROLLED or REVOKED';
COMMENT ON COLUMN published.subordinate.created IS 'When it was invited';
COMMENT ON COLUMN published.subordinate.enrolled IS 'When it enrolled, or null';
COMMENT ON COLUMN published.subordinate.seen IS 'When it was last heard of, or null';
COMMENT ON COLUMN published.subordinate.received IS 'Highest number of its reports stored here';

CREATE VIEW published.uplink_lag AS
SELECT u.name, u.last_number, u.acknowledged, count(r.number) AS waiting, min(r.time) AS oldest,
       u.reached, u.failures
  FROM superior.uplink u LEFT JOIN superior.report r ON true
 GROUP BY u.name, u.last_number, u.acknowledged, u.reached, u.failures;
COMMENT ON VIEW published.uplink_lag IS 'How far the platform above has acknowledged reports; no row without one';
COMMENT ON COLUMN published.uplink_lag.name IS 'Name of the platform above';
COMMENT ON COLUMN published.uplink_lag.last_number IS 'Highest number of a report';
COMMENT ON COLUMN published.uplink_lag.acknowledged IS 'Highest number that was acknowledged';
COMMENT ON COLUMN published.uplink_lag.waiting IS 'Reports that are not acknowledged';
COMMENT ON COLUMN published.uplink_lag.oldest IS 'Since when the oldest of them waits, or null';
COMMENT ON COLUMN published.uplink_lag.reached IS 'When it last answered, or null';
COMMENT ON COLUMN published.uplink_lag.failures IS 'Attempts that failed since';
