CREATE SCHEMA device;

-- The sensing devices, as their ledger has them: what the map and the heartbeats ask for at every
-- turn, in columns. Written from the ledger, never by hand. "ended" is when one went out of use.
CREATE TABLE device.device (
    entry        uuid PRIMARY KEY,
    code         text             NOT NULL,
    title        text             NOT NULL,
    organisation text             NOT NULL,
    kind         text             NOT NULL,
    division     text             NOT NULL,
    lon          double precision,
    lat          double precision,
    since        timestamptz      NOT NULL,
    ended        timestamptz,
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE UNIQUE INDEX device_code ON device.device (code);
CREATE INDEX device_place ON device.device (lon, lat) WHERE ended IS NULL;
CREATE INDEX device_organisation ON device.device (organisation);

-- How each device fares. Rows are written at every heartbeat: pages keep room for the new version
-- of a row and no index names a column that a heartbeat changes.
CREATE TABLE device.state (
    entry     uuid PRIMARY KEY REFERENCES device.device (entry) ON DELETE CASCADE,
    state     text        NOT NULL CHECK (state IN ('ONLINE', 'OFFLINE', 'UNSEEN')),
    since     timestamptz NOT NULL,
    last_seen timestamptz,
    battery   smallint,
    signal    smallint,
    status    text,
    CHECK ((state = 'UNSEEN') = (last_seen IS NULL))
) WITH (fillfactor = 60);

-- When a device was not heard. The open one of a device that is offline has no end.
CREATE TABLE device.outage (
    entry uuid        NOT NULL REFERENCES device.device (entry) ON DELETE CASCADE,
    since timestamptz NOT NULL,
    until timestamptz,
    PRIMARY KEY (entry, since),
    CHECK (until > since)
);
CREATE UNIQUE INDEX outage_open ON device.outage (entry) WHERE until IS NULL;
CREATE INDEX outage_until ON device.outage (until);

-- Machines that may report. Only the hash of the token is kept: who reads the table cannot report.
CREATE TABLE device.reporter (
    id           uuid PRIMARY KEY,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    token_hash   bytea       NOT NULL UNIQUE,
    token_start  text        NOT NULL,
    created      timestamptz NOT NULL,
    created_by   text        NOT NULL,
    last_used    timestamptz,
    revoked      timestamptz,
    revoked_by   text
);
CREATE UNIQUE INDEX reporter_name ON device.reporter (organisation, name) WHERE revoked IS NULL;

-- What became of the rows that were reported, by day: outcome ACCEPTED or why they were refused.
CREATE TABLE device.tally (
    day      date   NOT NULL,
    reporter text   NOT NULL,
    outcome  text   NOT NULL,
    row_count bigint NOT NULL,
    PRIMARY KEY (day, reporter, outcome)
);

-- Days that are over: how long devices were watched, and how much of it they were not heard.
CREATE TABLE device.day (
    day          date             NOT NULL,
    kind         text             NOT NULL,
    organisation text             NOT NULL,
    division     text             NOT NULL,
    devices      bigint           NOT NULL,
    watched      double precision NOT NULL,
    unheard      double precision NOT NULL,
    PRIMARY KEY (day, kind, organisation, division)
);

CREATE VIEW published.device_state AS
SELECT d.entry, d.code, d.kind, d.organisation, d.division, s.state, s.since, s.last_seen
  FROM device.device d JOIN device.state s USING (entry)
 WHERE d.ended IS NULL;
COMMENT ON VIEW published.device_state IS 'How the sensing devices in use fare now';
COMMENT ON COLUMN published.device_state.entry IS 'Identifier of the device''s entry in the ledger';
COMMENT ON COLUMN published.device_state.code IS 'Code of the entry';
COMMENT ON COLUMN published.device_state.kind IS 'Kind of device, one of those in devices.yaml';
COMMENT ON COLUMN published.device_state.organisation IS 'Code of the organisation it belongs to';
COMMENT ON COLUMN published.device_state.division IS 'Code of the division it stands in, empty where unknown';
COMMENT ON COLUMN published.device_state.state IS 'ONLINE, OFFLINE, or UNSEEN for one that was never heard';
COMMENT ON COLUMN published.device_state.since IS 'When that state began';
COMMENT ON COLUMN published.device_state.last_seen IS 'Time of its newest heartbeat, or null';

CREATE VIEW published.device_outage AS
SELECT o.entry, o.since, o.until FROM device.outage o;
COMMENT ON VIEW published.device_outage IS 'When sensing devices were not heard';
COMMENT ON COLUMN published.device_outage.entry IS 'Identifier of the device''s entry in the ledger';
COMMENT ON COLUMN published.device_outage.since IS 'When the permitted silence of its kind was over';
COMMENT ON COLUMN published.device_outage.until IS 'When it was heard again, or null';

CREATE VIEW published.device_day AS
SELECT day, kind, organisation, division, devices, watched, unheard FROM device.day;
COMMENT ON VIEW published.device_day IS 'How long sensing devices were heard, for each day that is over';
COMMENT ON COLUMN published.device_day.day IS 'The day, in the city''s zone';
COMMENT ON COLUMN published.device_day.kind IS 'Kind of device';
COMMENT ON COLUMN published.device_day.organisation IS 'Code of the organisation they belong to';
COMMENT ON COLUMN published.device_day.division IS 'Code of the division they stand in, empty where unknown';
COMMENT ON COLUMN published.device_day.devices IS 'How many devices were in use at some time of the day';
COMMENT ON COLUMN published.device_day.watched IS 'Seconds that they were in use, added up';
COMMENT ON COLUMN published.device_day.unheard IS 'Seconds of these that they were not heard; the online rate is 1 - unheard / watched';

CREATE VIEW published.device_tally AS
SELECT day, reporter, outcome, row_count FROM device.tally;
COMMENT ON VIEW published.device_tally IS 'What became of reported heartbeats';
COMMENT ON COLUMN published.device_tally.day IS 'The day, in the city''s zone';
COMMENT ON COLUMN published.device_tally.reporter IS 'Identifier of the reporter, or mqtt';
COMMENT ON COLUMN published.device_tally.outcome IS 'ACCEPTED, or why they were refused';
COMMENT ON COLUMN published.device_tally.row_count IS 'How many heartbeats';
