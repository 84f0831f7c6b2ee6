-- Interfaces that another authority has suspended: gateways refuse them whatever their own state
-- is, and nobody here can lift it.
CREATE TABLE sharing.interface_hold (
    interface   text        PRIMARY KEY REFERENCES sharing.interface (id),
    -- Who ordered it, and under which number.
    authority   text        NOT NULL,
    reference   text        NOT NULL,
    reason      text        NOT NULL,
    legal_basis text        NOT NULL,
    since       timestamptz NOT NULL,
    until       timestamptz
);

CREATE CONSTRAINT TRIGGER interface_hold_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.interface_hold DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('INTERFACE', 'interface');

CREATE VIEW published.interface_hold AS
SELECT interface, authority, reference, reason, legal_basis, since, until
  FROM sharing.interface_hold;
COMMENT ON VIEW published.interface_hold IS 'Interfaces that another authority has suspended';
COMMENT ON COLUMN published.interface_hold.interface IS 'Identifier of the interface';
COMMENT ON COLUMN published.interface_hold.authority IS 'Name of who ordered it';
COMMENT ON COLUMN published.interface_hold.reference IS 'Number of the order';
COMMENT ON COLUMN published.interface_hold.reason IS 'Why it was ordered';
COMMENT ON COLUMN published.interface_hold.legal_basis IS 'What it is founded on';
COMMENT ON COLUMN published.interface_hold.since IS 'When it was suspended';
COMMENT ON COLUMN published.interface_hold.until IS 'When it lapses by itself, or null';

-- What an interface can be asked for, for whoever describes it to others.
CREATE VIEW published.interface_field AS
SELECT i.id AS interface, f.position, f.field ->> 'name' AS name, f.field ->> 'label' AS label,
       f.field ->> 'type' AS type, f.field ->> 'grade' AS grade
  FROM sharing.interface i
 CROSS JOIN LATERAL jsonb_array_elements(i.fields) WITH ORDINALITY AS f (field, position);
COMMENT ON VIEW published.interface_field IS 'Fields that can be granted of interfaces';
COMMENT ON COLUMN published.interface_field.interface IS 'Identifier of the interface';
COMMENT ON COLUMN published.interface_field.position IS 'Place among the fields, from 1';
COMMENT ON COLUMN published.interface_field.name IS 'Name on the wire';
COMMENT ON COLUMN published.interface_field.label IS 'Name for people';
COMMENT ON COLUMN published.interface_field.type IS 'TEXT, INTEGER, DECIMAL, BOOLEAN, DATE or TIMESTAMP';
COMMENT ON COLUMN published.interface_field.grade IS 'How sensitive it is, L1 to L4';
