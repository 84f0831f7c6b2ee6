CREATE SCHEMA sharing;

-- Tables that gateways read; the platform makes a new one for each materialisation.
CREATE SCHEMA serving;

-- Every change that gateways must know raises the version in its own transaction.
CREATE TABLE sharing.policy (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint      NOT NULL,
    changed  timestamptz NOT NULL
);
INSERT INTO sharing.policy (version, changed) VALUES (1, now());

CREATE TABLE sharing.interface (
    id                text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
    name              text        NOT NULL,
    dataset           text        NOT NULL,
    dataset_title     text        NOT NULL,
    organisation      text        NOT NULL,
    keys              text[]      NOT NULL,
    fields            jsonb       NOT NULL,
    page_limit        integer     NOT NULL CHECK (page_limit BETWEEN 1 AND 1000),
    state             text        NOT NULL
                      CHECK (state IN ('MATERIALISING', 'LIVE', 'WITHDRAWN', 'FAILED')),
    generation        integer     NOT NULL,
    table_name        text,
    row_count         bigint      NOT NULL DEFAULT 0,
    error             text,
    published         timestamptz NOT NULL,
    published_by      text        NOT NULL,
    published_by_name text        NOT NULL,
    version           bigint      NOT NULL DEFAULT 1
);
CREATE INDEX interface_dataset ON sharing.interface (dataset);
CREATE INDEX interface_to_materialise ON sharing.interface (id) WHERE state = 'MATERIALISING';

-- Tables that no policy names any more; dropped once no gateway can still read them.
CREATE TABLE sharing.retired_table (
    table_name     text PRIMARY KEY,
    policy_version bigint      NOT NULL,
    retired        timestamptz NOT NULL
);

CREATE TABLE sharing.application (
    id           uuid PRIMARY KEY,
    name         text        NOT NULL,
    description  text        NOT NULL,
    organisation text        NOT NULL,
    active       boolean     NOT NULL DEFAULT true,
    trial        boolean     NOT NULL DEFAULT false,
    created      timestamptz NOT NULL,
    version      bigint      NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX application_name ON sharing.application (organisation, name);
CREATE UNIQUE INDEX application_trial ON sharing.application (organisation) WHERE trial;

-- An HMAC secret is sealed with the gateways' token, an Ed25519 key is the public one.
CREATE TABLE sharing.application_key (
    id          text PRIMARY KEY,
    application uuid        NOT NULL REFERENCES sharing.application (id),
    algorithm   text        NOT NULL CHECK (algorithm IN ('HMAC_SHA256', 'ED25519')),
    material    text        NOT NULL,
    created     timestamptz NOT NULL,
    not_before  timestamptz NOT NULL,
    not_after   timestamptz,
    revoked     timestamptz
);
CREATE INDEX application_key_application ON sharing.application_key (application);

CREATE SEQUENCE sharing.request_number;
CREATE TABLE sharing.request (
    id                 uuid PRIMARY KEY,
    number             text        NOT NULL UNIQUE,
    state              text        NOT NULL
                       CHECK (state IN ('IN_REVIEW', 'APPROVED', 'REFUSED', 'RETURNED', 'WITHDRAWN')),
    interface          text        NOT NULL REFERENCES sharing.interface (id),
    application        uuid        NOT NULL REFERENCES sharing.application (id),
    dataset            text        NOT NULL,
    dataset_title      text        NOT NULL,
    organisation       text        NOT NULL,
    owner              text        NOT NULL,
    applicant          text        NOT NULL,
    applicant_name     text        NOT NULL,
    fields             text[]      NOT NULL,
    masks              jsonb       NOT NULL DEFAULT '{}',
    purpose            text        NOT NULL,
    legal_basis        text        NOT NULL,
    matter             text        NOT NULL,
    valid_until        date        NOT NULL,
    per_second         integer     NOT NULL CHECK (per_second >= 1),
    per_day            bigint      NOT NULL CHECK (per_day >= 1),
    created            timestamptz NOT NULL,
    updated            timestamptz NOT NULL,
    due                timestamptz,
    assessment         jsonb,
    decision           text CHECK (decision IN ('APPROVE', 'REFUSE', 'RETURN')),
    decided_by         text,
    decided_by_name    text,
    decided            timestamptz,
    decision_automatic boolean     NOT NULL DEFAULT false,
    reason_zh          text,
    reason_en          text,
    version            bigint      NOT NULL DEFAULT 1
);
CREATE INDEX request_owner ON sharing.request (owner, state, created DESC);
CREATE INDEX request_organisation ON sharing.request (organisation, created DESC);
CREATE INDEX request_applicant ON sharing.request (applicant, created DESC);
CREATE INDEX request_dataset ON sharing.request (dataset, decided DESC);

CREATE TABLE sharing.request_event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request    uuid        NOT NULL REFERENCES sharing.request (id),
    time       timestamptz NOT NULL,
    actor      text        NOT NULL,
    actor_name text        NOT NULL,
    action     text        NOT NULL,
    text_zh    text        NOT NULL,
    text_en    text        NOT NULL
);
CREATE INDEX request_event_request ON sharing.request_event (request, id);

CREATE TABLE sharing.sharing_grant (
    id              uuid PRIMARY KEY,
    request         uuid UNIQUE REFERENCES sharing.request (id),
    application     uuid        NOT NULL REFERENCES sharing.application (id),
    organisation    text        NOT NULL,
    owner           text        NOT NULL,
    interface       text        NOT NULL REFERENCES sharing.interface (id),
    dataset         text        NOT NULL,
    fields          text[]      NOT NULL,
    masks           jsonb       NOT NULL,
    purpose         text        NOT NULL,
    per_second      integer     NOT NULL CHECK (per_second >= 1),
    per_day         bigint      NOT NULL CHECK (per_day >= 1),
    valid_from      timestamptz NOT NULL,
    valid_until     timestamptz NOT NULL,
    trial           boolean     NOT NULL DEFAULT false,
    revoked         timestamptz,
    revoked_by      text,
    revoked_by_name text,
    revoked_reason  text,
    revoked_version bigint,
    version         bigint      NOT NULL DEFAULT 1
);
CREATE INDEX sharing_grant_owner ON sharing.sharing_grant (owner, valid_from DESC);
CREATE INDEX sharing_grant_organisation ON sharing.sharing_grant (organisation, valid_from DESC);
CREATE INDEX sharing_grant_interface ON sharing.sharing_grant (interface);
CREATE UNIQUE INDEX sharing_grant_trial
    ON sharing.sharing_grant (application, interface) WHERE trial AND revoked IS NULL;

CREATE TABLE sharing.gateway (
    id             text PRIMARY KEY,
    address        text        NOT NULL,
    policy_version bigint      NOT NULL,
    policy_applied timestamptz NOT NULL,
    trace_origin   text        NOT NULL,
    trace_size     bigint      NOT NULL,
    started        timestamptz NOT NULL,
    last_seen      timestamptz NOT NULL
);

-- When each gateway put a version into force: proves how quickly a revocation bit.
CREATE TABLE sharing.policy_applied (
    gateway text        NOT NULL REFERENCES sharing.gateway (id),
    version bigint      NOT NULL,
    applied timestamptz NOT NULL,
    PRIMARY KEY (gateway, version)
);
