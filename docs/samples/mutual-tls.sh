#!/usr/bin/env bash
# Calls an interface with a certificate; nothing is signed, TLS proves who calls. Needs curl.
# usage: mutual-tls.sh https://GATEWAY CERTIFICATE_FILE KEY_FILE PATH QUERY
#   CA=FILE     the gateway's authority, where the system does not know it
#   MATTER=TEXT the matter that the call serves
set -euo pipefail
gateway="$1" certificate="$2" key="$3" path="$4" query="$5"

curl --silent --show-error --tlsv1.3 --cert "$certificate" --key "$key" \
    ${CA:+--cacert "$CA"} ${MATTER:+--header "Tiaoxi-Matter: $MATTER"} "$gateway$path?$query"
echo
