-- What a grant was given for and how sensitive its fields are, for whoever judges its use.
CREATE VIEW published.grant_terms AS
SELECT g.id,
       coalesce(r.number, '') AS number,
       coalesce(r.matter, '') AS matter,
       coalesce(r.applicant, '') AS applicant,
       a.responsible,
       g.per_day,
       coalesce((SELECT max(right(f ->> 'grade', 1)::integer)
                   FROM jsonb_array_elements(i.fields) AS f
                  WHERE f ->> 'name' = ANY (g.fields)), 4) AS grade
  FROM sharing.sharing_grant g
  JOIN sharing.application a ON a.id = g.application
  JOIN sharing.interface i ON i.id = g.interface
  LEFT JOIN sharing.request r ON r.id = g.request;
COMMENT ON VIEW published.grant_terms IS 'What grants were given for';
COMMENT ON COLUMN published.grant_terms.id IS 'Identifier of the grant';
COMMENT ON COLUMN published.grant_terms.number IS 'Number of the request it came of, empty for trial calls';
COMMENT ON COLUMN published.grant_terms.matter IS 'Matter that the request names';
COMMENT ON COLUMN published.grant_terms.applicant IS 'User name of who asked, empty for trial calls';
COMMENT ON COLUMN published.grant_terms.responsible IS 'Entry of the key person who answers for the application, or null';
COMMENT ON COLUMN published.grant_terms.per_day IS 'Calls permitted a day';
COMMENT ON COLUMN published.grant_terms.grade IS 'Highest grade of the granted fields, 1 to 4';
