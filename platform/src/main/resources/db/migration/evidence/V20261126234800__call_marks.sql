-- What stands out in the gateways' records: a weak signature, an upstream that returned too much, and
-- what gateways noticed in how somebody calls.
CREATE TABLE evidence.mark (
    origin        text        NOT NULL REFERENCES evidence.log (origin),
    log_index     bigint      NOT NULL,
    name          text        NOT NULL,
    record        uuid        NOT NULL,
    time          timestamptz NOT NULL,
    application   text        NOT NULL,
    organisation  text        NOT NULL,
    interface     text        NOT NULL,
    owner         text        NOT NULL,
    sharing_grant text        NOT NULL,
    key           text        NOT NULL,
    request       text        NOT NULL,
    amount        bigint      NOT NULL,
    PRIMARY KEY (origin, log_index, name)
);

CREATE VIEW published.call_mark AS
SELECT origin, log_index, name, record, time, application, organisation, interface, owner,
       sharing_grant, key, request, amount
  FROM evidence.mark;
COMMENT ON VIEW published.call_mark IS 'What stands out in the records of the gateways';
COMMENT ON COLUMN published.call_mark.origin IS 'Log that holds the record';
COMMENT ON COLUMN published.call_mark.log_index IS 'Place in that log, from 0';
COMMENT ON COLUMN published.call_mark.name IS 'WEAK, OVER_RETURN, or the name of what a gateway noticed: WALK, SUBJECTS, NETWORKS';
COMMENT ON COLUMN published.call_mark.record IS 'Identifier of the record';
COMMENT ON COLUMN published.call_mark.time IS 'When it was';
COMMENT ON COLUMN published.call_mark.application IS 'Identifier of the calling application, empty when unknown';
COMMENT ON COLUMN published.call_mark.organisation IS 'Code of the caller''s organisation, empty when unknown';
COMMENT ON COLUMN published.call_mark.interface IS 'Identifier of the interface called';
COMMENT ON COLUMN published.call_mark.owner IS 'Code of the organisation that owns the dataset, empty when unknown';
COMMENT ON COLUMN published.call_mark.sharing_grant IS 'Identifier of the grant used, empty when none was';
COMMENT ON COLUMN published.call_mark.key IS 'Identifier of the key that signed';
COMMENT ON COLUMN published.call_mark.request IS 'Identifier of the request that it was seen in';
COMMENT ON COLUMN published.call_mark.amount IS 'How much: values cut, length of the walk, things, networks; 1 for a weak signature';
