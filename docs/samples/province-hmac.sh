#!/usr/bin/env bash
# Calls an interface in the province's HMAC style:  province-hmac.sh GATEWAY ACCESS_KEY SECRET_FILE PATH QUERY
#   province-hmac.sh http://127.0.0.1:8090 my-key my.secret /api/streets 'name=%E6%9C%9D%E9%98%B3&limit=5'
set -euo pipefail
gateway=$1 access_key=$2 secret_file=$3 path=$4 query=$5

date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
sorted=$(tr '&' '\n' <<<"$query" | LC_ALL=C sort -s -t= -k1,1 | paste -sd '&' -)
hex_key=$(tr -d '\n' <"$secret_file" | od -An -v -tx1 | tr -d ' \n')
signature=$(printf 'GET\n%s\n%s\n%s\n%s\n' "$path" "$sorted" "$access_key" "$date" |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hex_key" -binary | openssl base64 -A)

curl -sS --fail-with-body "$gateway$path?$query" \
    -H "X-BG-HMAC-SIGNATURE: $signature" \
    -H "X-BG-HMAC-ALGORITHM: hmac-sha256" \
    -H "X-BG-HMAC-ACCESS-KEY: $access_key" \
    -H "X-BG-DATE-TIME: $date"
