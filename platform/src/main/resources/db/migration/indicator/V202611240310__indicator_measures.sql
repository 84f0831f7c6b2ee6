CREATE SCHEMA indicator;

CREATE TABLE indicator.measure (
    indicator   text NOT NULL,
    day         date NOT NULL,
    value       double precision,
    numerator   double precision,
    denominator double precision,
    computed    timestamptz NOT NULL,
    PRIMARY KEY (indicator, day)
);
