-- The policy as the things it is made of, so that a gateway gets what changed and not the whole.
-- Triggers note what changed, so no writer can forget to; they are deferred to the commit, where the
-- version's row is the last lock taken.
ALTER TABLE sharing.policy
    ADD COLUMN raised_by  xid8,
    ADD COLUMN committing xid8;

-- When the changes of a version were committed.
CREATE TABLE sharing.policy_version (
    version   bigint PRIMARY KEY,
    committed timestamptz NOT NULL
);

-- What may have changed since the items were last made.
CREATE TABLE sharing.policy_touched (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind   text NOT NULL CHECK (kind IN ('INTERFACE', 'APPLICATION', 'GRANT')),
    id     text NOT NULL
);

-- Each thing as it travels, and the version that changed it last; without content: taken away.
CREATE TABLE sharing.policy_item (
    kind    text   NOT NULL CHECK (kind IN ('INTERFACE', 'APPLICATION', 'GRANT')),
    id      text   NOT NULL,
    version bigint NOT NULL,
    content bytea,
    changes timestamptz,
    PRIMARY KEY (kind, id)
);
COMMENT ON COLUMN sharing.policy_item.changes IS 'When it changes by time alone, or null';
CREATE INDEX policy_item_version ON sharing.policy_item (version);
CREATE INDEX policy_item_changes ON sharing.policy_item (changes) WHERE changes IS NOT NULL;

-- The versions that gateways may hold; a change builds on one of these.
CREATE TABLE sharing.policy_made (
    version bigint PRIMARY KEY,
    digest  text        NOT NULL,
    form    text        NOT NULL,
    made    timestamptz NOT NULL
);

CREATE FUNCTION sharing.touch_policy(touched_kind text, touched_id text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sharing.policy
       SET version = version
               + CASE WHEN raised_by = pg_current_xact_id() THEN 0 ELSE 1 END,
           changed = clock_timestamp(),
           raised_by = pg_current_xact_id(),
           committing = pg_current_xact_id()
     WHERE committing IS DISTINCT FROM pg_current_xact_id();
    IF FOUND THEN
        INSERT INTO sharing.policy_version (version, committed)
        SELECT version, clock_timestamp() FROM sharing.policy
            ON CONFLICT (version) DO UPDATE SET committed = excluded.committed;
    END IF;
    INSERT INTO sharing.policy_touched (kind, id) VALUES (touched_kind, touched_id);
    RETURN true;
END $$;

-- Arguments: the kind, and the column that holds its identifier.
CREATE FUNCTION sharing.policy_source_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ->> TG_ARGV[1] END;
    after  text := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ->> TG_ARGV[1] END;
BEGIN
    IF after IS NOT NULL THEN
        PERFORM sharing.touch_policy(TG_ARGV[0], after);
    END IF;
    IF before IS NOT NULL AND before IS DISTINCT FROM after THEN
        PERFORM sharing.touch_policy(TG_ARGV[0], before);
    END IF;
    RETURN NULL;
END $$;

-- A limit of an organisation stands in each of its applications.
CREATE FUNCTION sharing.call_limit_in_policy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN
        SELECT DISTINCT kind, subject
          FROM (VALUES (CASE WHEN TG_OP <> 'INSERT' THEN OLD.kind END,
                        CASE WHEN TG_OP <> 'INSERT' THEN OLD.subject END),
                       (CASE WHEN TG_OP <> 'DELETE' THEN NEW.kind END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.subject END)) AS both_rows (kind, subject)
         WHERE kind IS NOT NULL
    LOOP
        IF changed.kind = 'ORGANISATION' THEN
            PERFORM sharing.touch_policy('APPLICATION', id::text)
               FROM sharing.application WHERE organisation = changed.subject;
        ELSE
            PERFORM sharing.touch_policy(changed.kind, changed.subject);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER call_limit_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.call_limit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.call_limit_in_policy();
CREATE CONSTRAINT TRIGGER interface_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.interface DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('INTERFACE', 'id');
CREATE CONSTRAINT TRIGGER application_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.application DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('APPLICATION', 'id');
CREATE CONSTRAINT TRIGGER application_key_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.application_key DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('APPLICATION', 'application');
CREATE CONSTRAINT TRIGGER suspension_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.suspension DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('APPLICATION', 'application');
CREATE CONSTRAINT TRIGGER sharing_grant_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.sharing_grant DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('GRANT', 'id');

-- The policy that a gateway was given and did not take.
ALTER TABLE sharing.gateway
    ADD COLUMN refused_version bigint,
    ADD COLUMN refused_reason  text,
    ADD COLUMN refused_time    timestamptz;

-- From the commit of a revocation to the first moment a gateway had it in force. A gateway counts
-- if it had an earlier policy in force before.
CREATE INDEX sharing_grant_revoked ON sharing.sharing_grant (revoked) WHERE revoked IS NOT NULL;
CREATE VIEW published.revocation AS
SELECT g.id AS sharing_grant,
       g.organisation,
       g.owner,
       w.id AS gateway,
       v.committed,
       a.applied,
       greatest(0, extract(epoch FROM a.applied - v.committed) * 1000)::bigint AS milliseconds
  FROM sharing.sharing_grant g
  JOIN sharing.policy_version v ON v.version = g.revoked_version
 CROSS JOIN sharing.gateway w
 CROSS JOIN LATERAL (SELECT applied FROM sharing.policy_applied p
                      WHERE p.gateway = w.id AND p.version >= g.revoked_version
                      ORDER BY p.version LIMIT 1) a
 WHERE g.revoked IS NOT NULL
   AND EXISTS (SELECT FROM sharing.policy_applied p
                WHERE p.gateway = w.id AND p.version < g.revoked_version AND p.version > 0);
COMMENT ON VIEW published.revocation IS 'How long each revocation took to be in force at each gateway';
COMMENT ON COLUMN published.revocation.sharing_grant IS 'Identifier of the grant that was revoked';
COMMENT ON COLUMN published.revocation.organisation IS 'Code of the organisation that received';
COMMENT ON COLUMN published.revocation.owner IS 'Code of the organisation that gave';
COMMENT ON COLUMN published.revocation.gateway IS 'Identifier of the gateway';
COMMENT ON COLUMN published.revocation.committed IS 'When the revocation was committed';
COMMENT ON COLUMN published.revocation.applied IS 'When the gateway first had it in force';
COMMENT ON COLUMN published.revocation.milliseconds IS 'Between the two';
