-- National algorithms and the province's styles; from where a key may be used, and its switch.
ALTER TABLE sharing.application_key
    DROP CONSTRAINT application_key_algorithm_check,
    ADD CONSTRAINT application_key_algorithm_check
        CHECK (algorithm IN ('HMAC_SHA256', 'ED25519', 'HMAC_SM3', 'SM2_SM3', 'PROVINCE_HMAC',
                             'PROVINCE_TOKEN')),
    ADD COLUMN addresses text[] NOT NULL DEFAULT '{}',
    ADD COLUMN switched_off timestamptz;
