-- A log's second key, the key its gateway tells now, and when the log last answered.
ALTER TABLE evidence.log ADD COLUMN national_key text;
ALTER TABLE evidence.log ADD COLUMN told_key text;
ALTER TABLE evidence.log ADD COLUMN reached timestamptz;

-- The newest checkpoint of each log that witnesses have cosigned, with all its signatures.
CREATE TABLE evidence.cosigned (
    origin text PRIMARY KEY,
    size   bigint      NOT NULL,
    note   text        NOT NULL,
    time   timestamptz NOT NULL
);

-- Who cosigns the platform's own log. The key that a gateway tells first stays.
CREATE TABLE evidence.witness (
    address text PRIMARY KEY,
    owner   text   NOT NULL,
    key     text   NOT NULL,
    size    bigint NOT NULL DEFAULT 0,
    signed  timestamptz,
    problem text
);

-- What a log did that no honest log does, with both signed checkpoints as proof.
CREATE TABLE evidence.incident (
    id              uuid PRIMARY KEY,
    origin          text        NOT NULL,
    kind            text        NOT NULL,
    time            timestamptz NOT NULL,
    detail          text        NOT NULL,
    before_note     text        NOT NULL,
    shown_note      text        NOT NULL,
    acknowledged    timestamptz,
    acknowledged_by text,
    reason          text
);
CREATE UNIQUE INDEX incident_open ON evidence.incident (origin, kind) WHERE acknowledged IS NULL;
