-- A long answer has two records in a gateway's log: one before it begins to leave, and one that
-- says how it ended. They are one call.
ALTER TABLE evidence.call
    ADD COLUMN ended               text   NOT NULL DEFAULT 'COMPLETE'
        CHECK (ended IN ('UNDER_WAY', 'COMPLETE', 'BROKEN', 'CALLER_GONE')),
    ADD COLUMN over_returned       bigint NOT NULL DEFAULT 0,
    ADD COLUMN over_returned_names jsonb  NOT NULL DEFAULT '{}';

CREATE OR REPLACE VIEW published.call AS
SELECT record, origin, log_index, time, application, organisation, interface, dataset, owner,
       sharing_grant, purpose, matter, fields, row_count, byte_count, outcome, status, milliseconds,
       address, key, request, subject, ended, over_returned, over_returned_names
  FROM evidence.call;
COMMENT ON COLUMN published.call.ended IS 'COMPLETE; UNDER_WAY, BROKEN or CALLER_GONE for long answers of services';
COMMENT ON COLUMN published.call.over_returned IS 'Values that a service returned though its schema does not know them; they were cut';
COMMENT ON COLUMN published.call.over_returned_names IS 'How often each of these came, by JSON pointer';
