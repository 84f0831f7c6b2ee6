-- Callers that are known by the certificate that they show in TLS.
ALTER TABLE sharing.application_key
    DROP CONSTRAINT application_key_algorithm_check,
    ADD CONSTRAINT application_key_algorithm_check
        CHECK (algorithm IN ('HMAC_SHA256', 'ED25519', 'HMAC_SM3', 'SM2_SM3', 'PROVINCE_HMAC',
                             'PROVINCE_TOKEN', 'MUTUAL_TLS')),
    ADD COLUMN certificate text,
    ADD CONSTRAINT application_key_certificate_check
        CHECK ((certificate IS NOT NULL) = (algorithm = 'MUTUAL_TLS'));

-- A certificate names one caller.
CREATE UNIQUE INDEX application_key_certificate_once ON sharing.application_key (material)
    WHERE algorithm = 'MUTUAL_TLS' AND revoked IS NULL;
