-- Quotas: what gateways lease from, and the platform shows. Both sides know this schema.

-- How many calls gateways have leased, for all of them together. A row is reused by the next day.
CREATE TABLE serving.quota_use (
    subject text NOT NULL,
    span text NOT NULL CHECK (span IN ('DAY', 'MONTH', 'WHOLE')),
    number bigint NOT NULL,
    taken bigint NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (subject, span)
) WITH (fillfactor = 70);

-- A second's calls need not outlive a crash.
CREATE UNLOGGED TABLE serving.quota_second (
    subject text PRIMARY KEY,
    number bigint NOT NULL,
    taken bigint NOT NULL CHECK (taken >= 0)
) WITH (fillfactor = 50);

-- Leases calls: of each subject in each span as many as are wanted and left, in the order given, which
-- must be the same for all callers. A negative number gives calls back, if their window is still
-- under way. Windows follow the clock of this database in the city's zone.
CREATE FUNCTION serving.lease_calls(
    subjects text[], spans text[], most bigint[], wanted bigint[], windows bigint[])
RETURNS TABLE (granted bigint, remaining bigint, number bigint, ends_in_millis bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = serving, pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    here timestamp := moment AT TIME ZONE 'Asia/Shanghai';
    ends timestamp;
    used bigint;
    of_window bigint;
BEGIN
    FOR i IN 1 .. coalesce(array_length(subjects, 1), 0) LOOP
        CASE spans[i]
            WHEN 'SECOND' THEN
                number := floor(extract(epoch FROM moment));
                ends := date_trunc('second', here) + interval '1 second';
            WHEN 'DAY' THEN
                number := to_char(here, 'YYYYMMDD');
                ends := date_trunc('day', here) + interval '1 day';
            WHEN 'MONTH' THEN
                number := to_char(here, 'YYYYMM');
                ends := date_trunc('month', here) + interval '1 month';
            WHEN 'WHOLE' THEN
                number := 1;
                ends := here + interval '10 years';
        END CASE;
        ends_in_millis := greatest(1, ceil(extract(epoch FROM ends - here) * 1000));
        IF spans[i] = 'SECOND' THEN
            SELECT q.taken, q.number INTO used, of_window FROM quota_second q
             WHERE q.subject = subjects[i] FOR UPDATE;
            IF NOT FOUND THEN
                INSERT INTO quota_second AS q VALUES (subjects[i], number, 0)
                    ON CONFLICT (subject) DO UPDATE SET subject = q.subject
                    RETURNING q.taken, q.number INTO used, of_window;
            END IF;
        ELSE
            SELECT q.taken, q.number INTO used, of_window FROM quota_use q
             WHERE q.subject = subjects[i] AND q.span = spans[i] FOR UPDATE;
            IF NOT FOUND THEN
                INSERT INTO quota_use AS q VALUES (subjects[i], spans[i], number, 0)
                    ON CONFLICT (subject, span) DO UPDATE SET subject = q.subject
                    RETURNING q.taken, q.number INTO used, of_window;
            END IF;
        END IF;
        IF of_window <> number THEN
            used := 0;
        END IF;
        IF wanted[i] < 0 THEN
            granted := 0;
            IF windows[i] = number THEN
                used := greatest(0, used + wanted[i]);
            END IF;
        ELSE
            granted := greatest(0, least(wanted[i], most[i] - used));
            used := used + granted;
        END IF;
        remaining := greatest(0, most[i] - used);
        IF spans[i] = 'SECOND' THEN
            UPDATE quota_second q SET taken = used, number = lease_calls.number
             WHERE q.subject = subjects[i];
        ELSE
            UPDATE quota_use q SET taken = used, number = lease_calls.number
             WHERE q.subject = subjects[i] AND q.span = spans[i];
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION serving.lease_calls FROM public;

COMMENT ON FUNCTION serving.lease_calls IS 'Leases calls to gateways; see the decision on quotas.';
