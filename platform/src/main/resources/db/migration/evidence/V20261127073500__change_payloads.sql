-- What people wrote freely in a change stands here and not in the log, which holds its salted hash: it
-- can be erased by law, and every proof still holds. Of what was erased salt and text are gone.
CREATE TABLE evidence.payload (
    record        uuid PRIMARY KEY REFERENCES evidence.change (record),
    salt          bytea,
    content       text,
    erased        timestamptz,
    erased_by     text NOT NULL DEFAULT '',
    erased_reason text NOT NULL DEFAULT '',
    CHECK ((erased IS NULL) = (content IS NOT NULL)),
    CHECK ((erased IS NULL) = (salt IS NOT NULL))
);

CREATE OR REPLACE VIEW published.change AS
SELECT c.record, c.log_index, c.time, c.actor, c.organisation, c.action, c.object, c.outcome,
       (c.leaf::jsonb -> 'detail') || coalesce(p.content::jsonb, '{}') AS detail, c.application,
       c.dataset, c.sharing_grant
  FROM evidence.change c
  LEFT JOIN evidence.payload p ON p.record = c.record;
