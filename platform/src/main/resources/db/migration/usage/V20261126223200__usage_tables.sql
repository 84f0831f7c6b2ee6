CREATE SCHEMA usage;

-- How far the calls of each log are counted; it moves in the transaction that counts them.
CREATE TABLE usage.counted (
    origin text PRIMARY KEY,
    next   bigint NOT NULL DEFAULT 0
);

-- What calls did under a grant on a day, as one gateway's log tells it. Sets are bounded.
CREATE TABLE usage.tally (
    sharing_grant uuid        NOT NULL,
    day           date        NOT NULL,
    origin        text        NOT NULL,
    answered      bigint      NOT NULL,
    refused       bigint      NOT NULL,
    empty         bigint      NOT NULL,
    row_count     bigint      NOT NULL,
    keyed         bigint      NOT NULL,
    with_matter   bigint      NOT NULL,
    in_hours      bigint      NOT NULL,
    hours         bigint[]    NOT NULL,
    seconds       integer[]   NOT NULL,
    subjects      bytea       NOT NULL,
    addresses     text[]      NOT NULL,
    keys          text[]      NOT NULL,
    matters       text[]      NOT NULL,
    last          timestamptz,
    PRIMARY KEY (sharing_grant, day, origin)
);
CREATE INDEX tally_origin ON usage.tally (origin);

-- The day over all gateways, and whether it looks like use. A stale one waits to be judged.
CREATE TABLE usage.day (
    sharing_grant uuid             NOT NULL,
    day           date             NOT NULL,
    stale         boolean          NOT NULL DEFAULT true,
    rules         text             NOT NULL DEFAULT '',
    answered      bigint           NOT NULL DEFAULT 0,
    refused       bigint           NOT NULL DEFAULT 0,
    empty         bigint           NOT NULL DEFAULT 0,
    row_count     bigint           NOT NULL DEFAULT 0,
    keyed         bigint           NOT NULL DEFAULT 0,
    with_matter   bigint           NOT NULL DEFAULT 0,
    in_hours      bigint           NOT NULL DEFAULT 0,
    subjects      bigint           NOT NULL DEFAULT 0,
    addresses     integer          NOT NULL DEFAULT 0,
    keys          integer          NOT NULL DEFAULT 0,
    matters       text[]           NOT NULL DEFAULT '{}',
    hours         bigint[]         NOT NULL DEFAULT '{}',
    gap_variation double precision,
    repeated      double precision,
    last          timestamptz,
    verdict       text             NOT NULL DEFAULT 'NONE'
                  CHECK (verdict IN ('PLAUSIBLE', 'IMPLAUSIBLE', 'NONE')),
    reasons       jsonb            NOT NULL DEFAULT '[]',
    PRIMARY KEY (sharing_grant, day)
);
CREATE INDEX day_stale ON usage.day (day, sharing_grant) WHERE stale;
CREATE INDEX day_rules ON usage.day (rules, day);

-- Where a grant stands over the window of the rates, as of a day.
CREATE TABLE usage.standing (
    sharing_grant    uuid    PRIMARY KEY,
    as_of            date    NOT NULL,
    plausible_days   integer NOT NULL,
    implausible_days integer NOT NULL,
    answered         bigint  NOT NULL,
    subjects         bigint  NOT NULL,
    effective        boolean NOT NULL,
    last_plausible   date,
    last_answered    timestamptz,
    reasons          jsonb   NOT NULL
);
CREATE INDEX standing_as_of ON usage.standing (as_of);

CREATE VIEW published.grant_day AS
SELECT sharing_grant, day, answered, refused, empty, row_count, subjects, verdict FROM usage.day;
COMMENT ON VIEW published.grant_day IS 'What calls did under a grant on a day, and whether it looks like use';
COMMENT ON COLUMN published.grant_day.sharing_grant IS 'Identifier of the grant';
COMMENT ON COLUMN published.grant_day.day IS 'Day in the city''s zone';
COMMENT ON COLUMN published.grant_day.answered IS 'Calls that were answered';
COMMENT ON COLUMN published.grant_day.refused IS 'Calls that were refused';
COMMENT ON COLUMN published.grant_day.empty IS 'Answered calls that found nothing';
COMMENT ON COLUMN published.grant_day.row_count IS 'Rows returned';
COMMENT ON COLUMN published.grant_day.subjects IS 'Distinct things looked up, estimated above 512';
COMMENT ON COLUMN published.grant_day.verdict IS 'PLAUSIBLE, IMPLAUSIBLE, or NONE where nothing was answered';

CREATE VIEW published.grant_use AS
SELECT g.id AS sharing_grant,
       coalesce(s.plausible_days, 0) AS plausible_days,
       coalesce(s.implausible_days, 0) AS implausible_days,
       coalesce(s.answered, 0) AS answered,
       coalesce(s.subjects, 0) AS subjects,
       coalesce(s.effective, false) AS effective,
       s.last_plausible,
       s.last_answered
  FROM published.sharing_grant g
  LEFT JOIN usage.standing s ON s.sharing_grant = g.id
 WHERE NOT g.trial;
COMMENT ON VIEW published.grant_use IS 'How grants are used within the window of the rates; trial grants do not count';
COMMENT ON COLUMN published.grant_use.sharing_grant IS 'Identifier of the grant';
COMMENT ON COLUMN published.grant_use.plausible_days IS 'Days that look like use';
COMMENT ON COLUMN published.grant_use.implausible_days IS 'Days with answers that do not look like use';
COMMENT ON COLUMN published.grant_use.answered IS 'Calls that were answered';
COMMENT ON COLUMN published.grant_use.subjects IS 'Distinct things looked up on days that look like use';
COMMENT ON COLUMN published.grant_use.effective IS 'Whether the grant counts as effectively shared';
COMMENT ON COLUMN published.grant_use.last_plausible IS 'Last day that looks like use, or null';
COMMENT ON COLUMN published.grant_use.last_answered IS 'When a call was last answered, or null';
