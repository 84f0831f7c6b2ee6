-- What a change names besides its object, so that the timeline of an application, a dataset or a
-- grant finds it.
ALTER TABLE evidence.change
    ADD COLUMN application   text GENERATED ALWAYS AS
        (coalesce(leaf::jsonb -> 'detail' ->> 'application', '')) STORED,
    ADD COLUMN dataset       text GENERATED ALWAYS AS
        (coalesce(leaf::jsonb -> 'detail' ->> 'dataset', '')) STORED,
    ADD COLUMN sharing_grant text GENERATED ALWAYS AS
        (coalesce(leaf::jsonb -> 'detail' ->> 'grant', '')) STORED;
CREATE INDEX change_application ON evidence.change (application, time DESC)
 WHERE application <> '';
CREATE INDEX change_dataset ON evidence.change (dataset, time DESC) WHERE dataset <> '';
CREATE INDEX change_grant ON evidence.change (sharing_grant, time DESC) WHERE sharing_grant <> '';

CREATE OR REPLACE VIEW published.change AS
SELECT record, log_index, time, actor, organisation, action, object, outcome,
       leaf::jsonb -> 'detail' AS detail, application, dataset, sharing_grant
  FROM evidence.change;
COMMENT ON COLUMN published.change.application IS 'Identifier of the application that the change names, empty where none';
COMMENT ON COLUMN published.change.dataset IS 'Identifier of the dataset that the change names, empty where none';
COMMENT ON COLUMN published.change.sharing_grant IS 'Identifier of the grant that the change names, empty where none';

CREATE INDEX mark_application ON evidence.mark (application, time DESC);
CREATE INDEX mark_grant ON evidence.mark (sharing_grant, time DESC);
CREATE INDEX mark_interface ON evidence.mark (interface, time DESC);
