-- An idle grant that its caller is asked about, up to its end.
CREATE TABLE usage.reclaim (
    id              uuid        PRIMARY KEY,
    sharing_grant   uuid        NOT NULL,
    organisation    text        NOT NULL,
    owner           text        NOT NULL,
    title_zh        text        NOT NULL,
    title_en        text        NOT NULL,
    grade           integer     NOT NULL,
    idle_since      date        NOT NULL,
    idle_days       integer     NOT NULL,
    state           text        NOT NULL CHECK (state IN
        ('ASKED', 'LAST_CALL', 'CLAIMED', 'DOUBTFUL', 'KEPT', 'GIVEN_BACK', 'RECLAIMED', 'RESTORED',
         'USED_AGAIN', 'EXEMPTED', 'ENDED')),
    opened          timestamptz NOT NULL,
    claim           text,
    claimed         timestamptz,
    claimed_by      text,
    claimed_by_name text,
    decision_reason text,
    settled         timestamptz,
    settled_by      text,
    settled_by_name text,
    kept_until      date,
    restorable      date,
    version         bigint      NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX reclaim_open ON usage.reclaim (sharing_grant)
    WHERE state IN ('ASKED', 'LAST_CALL', 'CLAIMED', 'DOUBTFUL');
CREATE INDEX reclaim_grant ON usage.reclaim (sharing_grant, opened DESC);
CREATE INDEX reclaim_opened ON usage.reclaim (opened DESC, id);

-- What happened to a case, in order.
CREATE TABLE usage.reclaim_event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reclaim    uuid        NOT NULL REFERENCES usage.reclaim (id),
    time       timestamptz NOT NULL,
    actor      text        NOT NULL,
    actor_name text        NOT NULL,
    action     text        NOT NULL,
    text       text        NOT NULL
);
CREATE INDEX reclaim_event_reclaim ON usage.reclaim_event (reclaim, id);

-- Grants that are kept unused until a day, for emergencies.
CREATE TABLE usage.exemption (
    id            uuid        PRIMARY KEY,
    sharing_grant uuid        NOT NULL,
    until         date        NOT NULL,
    reason        text        NOT NULL,
    given         timestamptz NOT NULL,
    given_by      text        NOT NULL,
    given_by_name text        NOT NULL,
    ended         timestamptz,
    ended_by      text
);
CREATE UNIQUE INDEX exemption_grant ON usage.exemption (sharing_grant) WHERE ended IS NULL;

-- Of which grants both sides know that they are about to end.
CREATE TABLE usage.expiry_notice (
    sharing_grant uuid        NOT NULL,
    until         timestamptz NOT NULL,
    days_before   integer     NOT NULL,
    told          timestamptz NOT NULL,
    PRIMARY KEY (sharing_grant, until, days_before)
);

-- Rates, one a day for each of what they are told of; the day's last stands.
CREATE TABLE usage.rate (
    day     date   NOT NULL,
    kind    text   NOT NULL CHECK (kind IN ('CITY', 'INTERFACE', 'RECEIVER', 'OWNER')),
    code    text   NOT NULL,
    granted bigint NOT NULL,
    used    bigint NOT NULL,
    PRIMARY KEY (kind, code, day)
);

CREATE VIEW published.reclaim AS
SELECT id, sharing_grant, organisation, owner, state, idle_since, opened, settled FROM usage.reclaim;
COMMENT ON VIEW published.reclaim IS 'Idle grants whose callers were asked whether they are still needed';
COMMENT ON COLUMN published.reclaim.id IS 'Identifier of the case';
COMMENT ON COLUMN published.reclaim.sharing_grant IS 'Identifier of the grant';
COMMENT ON COLUMN published.reclaim.organisation IS 'Code of the organisation that receives';
COMMENT ON COLUMN published.reclaim.owner IS 'Code of the organisation that gives';
COMMENT ON COLUMN published.reclaim.state IS 'ASKED, LAST_CALL, CLAIMED or DOUBTFUL while it is open; KEPT, GIVEN_BACK, RECLAIMED, RESTORED, USED_AGAIN, EXEMPTED or ENDED';
COMMENT ON COLUMN published.reclaim.idle_since IS 'First day without use';
COMMENT ON COLUMN published.reclaim.opened IS 'When it was opened';
COMMENT ON COLUMN published.reclaim.settled IS 'When it ended, or null';
