-- Of what anything was delivered: each triple is one step along the index, however many deliveries it has.
CREATE VIEW published.delivery_kind AS
WITH RECURSIVE seen AS (
    (SELECT dataset, kind, key FROM evidence.delivery ORDER BY dataset, kind, key LIMIT 1)
    UNION ALL
    SELECT next.dataset, next.kind, next.key
      FROM seen s,
           LATERAL (SELECT d.dataset, d.kind, d.key FROM evidence.delivery d
                     WHERE (d.dataset, d.kind, d.key) > (s.dataset, s.kind, s.key)
                     ORDER BY d.dataset, d.kind, d.key LIMIT 1) next
)
SELECT dataset, kind, key FROM seen;
COMMENT ON VIEW published.delivery_kind IS 'Kinds of subjects whose rows were delivered of each dataset, and the digest keys used';
COMMENT ON COLUMN published.delivery_kind.dataset IS 'Identifier of the dataset, empty for a service that stands for itself';
COMMENT ON COLUMN published.delivery_kind.kind IS 'What sort of subject';
COMMENT ON COLUMN published.delivery_kind.key IS 'Identifier of the key of the digests';
