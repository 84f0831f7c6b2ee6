-- Whose rows were delivered: the digests that calls and files leave in the gateways' records. A file
-- has several parts; it counts as delivered when it is first fetched.
CREATE TABLE evidence.delivery (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record        uuid        NOT NULL UNIQUE,
    origin        text        NOT NULL REFERENCES evidence.log (origin),
    log_index     bigint      NOT NULL,
    request       text        NOT NULL,
    export        text        NOT NULL,
    attempt       integer     NOT NULL,
    time          timestamptz NOT NULL,
    application   text        NOT NULL,
    organisation  text        NOT NULL,
    interface     text        NOT NULL,
    dataset       text        NOT NULL,
    owner         text        NOT NULL,
    sharing_grant text        NOT NULL,
    purpose       text        NOT NULL,
    matter        text        NOT NULL,
    fields        text[]      NOT NULL,
    key           text        NOT NULL,
    kind          text        NOT NULL,
    subjects      integer     NOT NULL,
    subjectless   bigint      NOT NULL,
    digests       bytea       NOT NULL
);
CREATE INDEX delivery_export ON evidence.delivery (export) WHERE export <> '';
CREATE INDEX delivery_application ON evidence.delivery (application, time DESC);

ALTER TABLE evidence.call ADD COLUMN export text NOT NULL DEFAULT '';
CREATE INDEX call_export ON evidence.call (export) WHERE export <> '';

CREATE VIEW published.delivery AS
SELECT d.id, d.record, d.origin, d.log_index, d.request, d.export, d.application, d.organisation,
       d.interface, d.dataset, d.owner, d.sharing_grant, d.purpose, d.matter, d.fields, d.key,
       d.kind, d.subjects, d.subjectless, d.digests,
       CASE WHEN d.export = '' THEN d.time ELSE f.first END AS time
  FROM evidence.delivery d
  LEFT JOIN LATERAL (
       SELECT min(c.time) AS first FROM evidence.call c
        WHERE d.export <> '' AND c.export = d.export AND c.outcome = 'OK' AND c.row_count > 0) f
       ON true;
COMMENT ON VIEW published.delivery IS 'Whose rows each call delivered, as keyed digests; a file stands in parts';
COMMENT ON COLUMN published.delivery.id IS 'Rises with each part that is read from the gateways'' logs';
COMMENT ON COLUMN published.delivery.record IS 'Identifier of the record that holds the digests';
COMMENT ON COLUMN published.delivery.origin IS 'Log that holds the record';
COMMENT ON COLUMN published.delivery.log_index IS 'Place in that log, from 0';
COMMENT ON COLUMN published.delivery.request IS 'Identifier of the request, of a file that of its order';
COMMENT ON COLUMN published.delivery.export IS 'Identifier of the file, empty for the answer to a call';
COMMENT ON COLUMN published.delivery.application IS 'Identifier of the application that received it';
COMMENT ON COLUMN published.delivery.organisation IS 'Code of its organisation';
COMMENT ON COLUMN published.delivery.interface IS 'Identifier of the interface';
COMMENT ON COLUMN published.delivery.dataset IS 'Identifier of the dataset';
COMMENT ON COLUMN published.delivery.owner IS 'Code of the organisation that owns the dataset';
COMMENT ON COLUMN published.delivery.sharing_grant IS 'Identifier of the grant used';
COMMENT ON COLUMN published.delivery.purpose IS 'Purpose of the grant';
COMMENT ON COLUMN published.delivery.matter IS 'Matter that the caller named';
COMMENT ON COLUMN published.delivery.fields IS 'Fields returned';
COMMENT ON COLUMN published.delivery.key IS 'Identifier of the key of the digests';
COMMENT ON COLUMN published.delivery.kind IS 'What sort of subject they are of';
COMMENT ON COLUMN published.delivery.subjects IS 'Number of digests';
COMMENT ON COLUMN published.delivery.subjectless IS 'Rows that name no subject';
COMMENT ON COLUMN published.delivery.digests IS 'Six bytes for each row that names a subject';
COMMENT ON COLUMN published.delivery.time IS 'When it was delivered; null for a file that nobody fetched';
