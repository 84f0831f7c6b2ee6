-- An entry keeps the weight of the rules that it breaks; what share that is of all the weight is
-- computed from the version of its type that is in force. So a rule that is added changes the
-- entries that break it, not all of them.
ALTER TABLE ledger.entry ADD COLUMN lost integer NOT NULL DEFAULT 0;
UPDATE ledger.entry e
   SET lost = (SELECT coalesce(sum(weight), 0)
                 FROM (SELECT DISTINCT f.value ->> 'rule', (f.value ->> 'weight')::integer
                         FROM jsonb_array_elements(e.findings) AS f (value)
                        WHERE f.value ->> 'severity' <> 'ADVICE'
                          AND f.value ->> 'rule' <> 'reference-removed') AS broken (rule, weight))
 WHERE findings <> '[]';

-- What the rules of a version weigh together, advice left out; 0 means not yet known.
ALTER TABLE ledger.type_version ADD COLUMN weight integer NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW published.ledger_entry AS
SELECT e.id, e.type, e.code, e.title, e.organisation, e.state, e.fields, e.facts,
       e.finding_count AS findings, e.blocking_count AS blocking, e.standardised, e.version,
       e.created, e.updated,
       CASE WHEN v.weight > 0 THEN greatest(0, 1 - e.lost::double precision / v.weight)
            ELSE 1 END AS score
  FROM ledger.entry e LEFT JOIN ledger.type_version v ON v.type = e.type AND v.state = 'ACTIVE'
 WHERE e.removed IS NULL;

ALTER TABLE ledger.entry DROP COLUMN score;
