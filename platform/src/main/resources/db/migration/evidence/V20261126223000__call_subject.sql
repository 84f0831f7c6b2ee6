-- Whom or what a call looked up: the keyed prints of its key values, as the trace holds them.
ALTER TABLE evidence.call ADD COLUMN subject text NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW published.call AS
SELECT record, origin, log_index, time, application, organisation, interface, dataset, owner,
       sharing_grant, purpose, matter, fields, row_count, byte_count, outcome, status, milliseconds,
       address, key, request, subject
  FROM evidence.call;
COMMENT ON COLUMN published.call.subject IS 'Keyed print of what was looked up, equal for equal values at one gateway; empty where no key was named';
