CREATE SCHEMA identity;

CREATE TABLE identity.person (
    id           uuid PRIMARY KEY,
    username     text        NOT NULL UNIQUE,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    roles        text[]      NOT NULL,
    active       boolean     NOT NULL DEFAULT true,
    demo         boolean     NOT NULL DEFAULT false,
    password     text,
    failures     integer     NOT NULL DEFAULT 0,
    locked_until timestamptz,
    last_sign_in timestamptz,
    version      bigint      NOT NULL DEFAULT 1,
    created      timestamptz NOT NULL DEFAULT now()
);

-- Sessions of signed-in people, so that a restart signs nobody out. Only the hash of the token is
-- kept: who reads the table cannot act as anybody.
CREATE TABLE identity.session (
    token_hash bytea PRIMARY KEY,
    person     uuid        NOT NULL REFERENCES identity.person (id),
    created    timestamptz NOT NULL,
    last_seen  timestamptz NOT NULL,
    address    text        NOT NULL
);
CREATE INDEX session_person ON identity.session (person);
CREATE INDEX session_last_seen ON identity.session (last_seen);
