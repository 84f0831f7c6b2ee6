-- The gateways' logs, and how far each was checked.
CREATE TABLE evidence.log (
    origin    text PRIMARY KEY,
    owner     text        NOT NULL,
    address   text        NOT NULL,
    key       text        NOT NULL,
    token     text        NOT NULL,
    size      bigint      NOT NULL DEFAULT 0,
    root_hash text        NOT NULL DEFAULT '',
    ingested  bigint      NOT NULL DEFAULT 0,
    checked   timestamptz,
    problem   text
);

-- Every call, as the gateways' logs tell it.
CREATE TABLE evidence.call (
    record        uuid PRIMARY KEY,
    origin        text             NOT NULL REFERENCES evidence.log (origin),
    log_index     bigint           NOT NULL,
    time          timestamptz      NOT NULL,
    application   text             NOT NULL,
    organisation  text             NOT NULL,
    interface     text             NOT NULL,
    dataset       text             NOT NULL,
    owner         text             NOT NULL,
    sharing_grant text             NOT NULL,
    purpose       text             NOT NULL,
    matter        text             NOT NULL,
    fields        text[]           NOT NULL,
    row_count     bigint           NOT NULL,
    byte_count    bigint           NOT NULL,
    outcome       text             NOT NULL,
    status        integer          NOT NULL,
    milliseconds  double precision NOT NULL,
    address       text             NOT NULL,
    key           text             NOT NULL,
    request       text             NOT NULL,
    UNIQUE (origin, log_index)
);
CREATE INDEX call_time ON evidence.call (time DESC, record DESC);
CREATE INDEX call_grant ON evidence.call (sharing_grant, time DESC);
CREATE INDEX call_dataset ON evidence.call (dataset, time DESC);
CREATE INDEX call_application ON evidence.call (application, time DESC);
CREATE INDEX call_request ON evidence.call (request);

CREATE VIEW published.call AS
SELECT record, origin, log_index, time, application, organisation, interface, dataset, owner,
       sharing_grant, purpose, matter, fields, row_count, byte_count, outcome, status, milliseconds,
       address, key, request
  FROM evidence.call;
COMMENT ON VIEW published.call IS 'Every call that a gateway answered or refused';
COMMENT ON COLUMN published.call.record IS 'Identifier of the record';
COMMENT ON COLUMN published.call.origin IS 'Log that holds the record';
COMMENT ON COLUMN published.call.log_index IS 'Place in that log, from 0';
COMMENT ON COLUMN published.call.time IS 'When the call was decided';
COMMENT ON COLUMN published.call.application IS 'Identifier of the calling application, empty when unknown';
COMMENT ON COLUMN published.call.organisation IS 'Code of the caller''s organisation, empty when unknown';
COMMENT ON COLUMN published.call.interface IS 'Identifier of the interface called';
COMMENT ON COLUMN published.call.dataset IS 'Identifier of the dataset behind it, empty when unknown';
COMMENT ON COLUMN published.call.owner IS 'Code of the organisation that owns the dataset, empty when unknown';
COMMENT ON COLUMN published.call.sharing_grant IS 'Identifier of the grant used, empty when none was';
COMMENT ON COLUMN published.call.purpose IS 'Purpose of the grant';
COMMENT ON COLUMN published.call.matter IS 'Matter that the caller named';
COMMENT ON COLUMN published.call.fields IS 'Fields returned';
COMMENT ON COLUMN published.call.row_count IS 'Rows returned';
COMMENT ON COLUMN published.call.byte_count IS 'Bytes of the answer';
COMMENT ON COLUMN published.call.outcome IS 'OK, or the code of the refusal';
COMMENT ON COLUMN published.call.status IS 'HTTP status of the answer';
COMMENT ON COLUMN published.call.milliseconds IS 'Time from the request''s last byte to the answer, in milliseconds';
COMMENT ON COLUMN published.call.address IS 'Network address of the caller';
COMMENT ON COLUMN published.call.key IS 'Identifier of the key that signed';
COMMENT ON COLUMN published.call.request IS 'Identifier of the request, as the caller was told';

CREATE VIEW published.change AS
SELECT record, log_index, time, actor, organisation, action, object, outcome,
       leaf::jsonb -> 'detail' AS detail
  FROM evidence.change;
COMMENT ON VIEW published.change IS 'Every change of state of the platform';
COMMENT ON COLUMN published.change.record IS 'Identifier of the record';
COMMENT ON COLUMN published.change.log_index IS 'Place in the platform''s log, null for the moment until it is written there';
COMMENT ON COLUMN published.change.time IS 'When it happened';
COMMENT ON COLUMN published.change.actor IS 'User name of who did it, or system';
COMMENT ON COLUMN published.change.organisation IS 'Code of the actor''s organisation';
COMMENT ON COLUMN published.change.action IS 'What was done';
COMMENT ON COLUMN published.change.object IS 'What it was done to';
COMMENT ON COLUMN published.change.outcome IS 'OK, or the code of the refusal';
COMMENT ON COLUMN published.change.detail IS 'Further facts';
