-- What others may read of sharing with SQL.
CREATE VIEW published.interface AS
    SELECT id,
           name,
           dataset,
           organisation,
           state,
           row_count,
           published
      FROM sharing.interface;
COMMENT ON VIEW published.interface IS 'Interfaces on the gateway';
COMMENT ON COLUMN published.interface.id IS 'Identifier, part of the path on the gateway';
COMMENT ON COLUMN published.interface.name IS 'Title for people';
COMMENT ON COLUMN published.interface.dataset IS 'Identifier of the dataset it serves';
COMMENT ON COLUMN published.interface.organisation IS 'Code of the owners organisation';
COMMENT ON COLUMN published.interface.state IS 'MATERIALISING, LIVE, WITHDRAWN or FAILED';
COMMENT ON COLUMN published.interface.row_count IS 'Rows that are served';
COMMENT ON COLUMN published.interface.published IS 'When it was first published';

CREATE VIEW published.application AS
    SELECT id,
           name,
           organisation,
           active,
           trial,
           created
      FROM sharing.application;
COMMENT ON VIEW published.application IS 'Programs that call';
COMMENT ON COLUMN published.application.id IS 'Identifier';
COMMENT ON COLUMN published.application.name IS 'Title for people';
COMMENT ON COLUMN published.application.organisation IS 'Code of the organisation that answers for it';
COMMENT ON COLUMN published.application.active IS 'Whether it may call at all';
COMMENT ON COLUMN published.application.trial IS 'Whether it serves trial calls from the pages';
COMMENT ON COLUMN published.application.created IS 'When it was registered';

CREATE VIEW published.request AS
    SELECT id,
           number,
           state,
           interface,
           dataset,
           application,
           organisation,
           owner,
           purpose,
           created,
           due,
           decided,
           decision,
           decision_automatic AS automatic
      FROM sharing.request;
COMMENT ON VIEW published.request IS 'Requests for data';
COMMENT ON COLUMN published.request.id IS 'Identifier';
COMMENT ON COLUMN published.request.number IS 'Number for people';
COMMENT ON COLUMN published.request.state IS 'IN_REVIEW, APPROVED, REFUSED, RETURNED or WITHDRAWN';
COMMENT ON COLUMN published.request.interface IS 'Identifier of the interface asked for';
COMMENT ON COLUMN published.request.dataset IS 'Identifier of its dataset';
COMMENT ON COLUMN published.request.application IS 'Identifier of the application that is to call';
COMMENT ON COLUMN published.request.organisation IS 'Code of the asking organisation';
COMMENT ON COLUMN published.request.owner IS 'Code of the deciding organisation';
COMMENT ON COLUMN published.request.purpose IS 'What the data is asked for';
COMMENT ON COLUMN published.request.created IS 'When it was submitted';
COMMENT ON COLUMN published.request.due IS 'End of the deadline for the decision, null where none runs';
COMMENT ON COLUMN published.request.decided IS 'When it was decided, or null';
COMMENT ON COLUMN published.request.decision IS 'APPROVE, REFUSE, RETURN, or null';
COMMENT ON COLUMN published.request.automatic IS 'Whether rules decided';

CREATE VIEW published.sharing_grant AS
    SELECT id,
           request,
           application,
           interface,
           dataset,
           organisation,
           owner,
           fields,
           purpose,
           valid_from,
           valid_until,
           CASE WHEN revoked IS NULL THEN 'ACTIVE' ELSE 'REVOKED' END AS state,
           revoked,
           trial
      FROM sharing.sharing_grant;
COMMENT ON VIEW published.sharing_grant IS 'Leaves to call';
COMMENT ON COLUMN published.sharing_grant.id IS 'Identifier, in the trace of every call made under it';
COMMENT ON COLUMN published.sharing_grant.request IS 'Identifier of the request it came of, null for trial calls';
COMMENT ON COLUMN published.sharing_grant.application IS 'Identifier of the application that may call';
COMMENT ON COLUMN published.sharing_grant.interface IS 'Identifier of the interface that may be called';
COMMENT ON COLUMN published.sharing_grant.dataset IS 'Identifier of the dataset behind it';
COMMENT ON COLUMN published.sharing_grant.organisation IS 'Code of the organisation that receives';
COMMENT ON COLUMN published.sharing_grant.owner IS 'Code of the organisation that gives';
COMMENT ON COLUMN published.sharing_grant.fields IS 'Fields that may be returned';
COMMENT ON COLUMN published.sharing_grant.purpose IS 'What the answers may be used for';
COMMENT ON COLUMN published.sharing_grant.valid_from IS 'From when';
COMMENT ON COLUMN published.sharing_grant.valid_until IS 'Until when, exclusive';
COMMENT ON COLUMN published.sharing_grant.state IS 'ACTIVE or REVOKED; expiry is told by valid_until';
COMMENT ON COLUMN published.sharing_grant.revoked IS 'When it was revoked, or null';
COMMENT ON COLUMN published.sharing_grant.trial IS 'Whether it serves trial calls from the pages';
