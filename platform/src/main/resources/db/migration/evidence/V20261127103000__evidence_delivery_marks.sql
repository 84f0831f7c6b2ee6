-- What tells one recipient's file from another's with the same rows.
ALTER TABLE evidence.delivery ADD COLUMN marks text[] NOT NULL DEFAULT '{}';
ALTER TABLE evidence.delivery ADD COLUMN portions integer[] NOT NULL DEFAULT '{}';
ALTER TABLE evidence.delivery ADD COLUMN canaries bytea NOT NULL DEFAULT '';
CREATE INDEX delivery_marked ON evidence.delivery (dataset, time DESC) WHERE marks <> '{}';

CREATE OR REPLACE VIEW published.delivery AS
SELECT d.id, d.record, d.origin, d.log_index, d.request, d.export, d.application, d.organisation,
       d.interface, d.dataset, d.owner, d.sharing_grant, d.purpose, d.matter, d.fields, d.key,
       d.kind, d.subjects, d.subjectless, d.digests,
       CASE WHEN d.export = '' THEN d.time ELSE f.first END AS time,
       d.marks, d.portions, d.canaries
  FROM evidence.delivery d
  LEFT JOIN LATERAL (
       SELECT min(c.time) AS first FROM evidence.call c
        WHERE d.export <> '' AND c.export = d.export AND c.outcome = 'OK' AND c.row_count > 0) f
       ON true;
COMMENT ON COLUMN published.delivery.marks IS 'What tells a file from others with the same rows: CANARIES, ORDER, SPELLING';
COMMENT ON COLUMN published.delivery.portions IS 'How many of the digests each portion of a marked file has, in turn; its rows'' order is drawn within a portion';
COMMENT ON COLUMN published.delivery.canaries IS 'Those of the digests that are of invented subjects, six bytes each';
