#!/usr/bin/env bash
# Calls an interface with curl and openssl:  call.sh GATEWAY KEY_ID SECRET_FILE PATH QUERY
#   call.sh http://127.0.0.1:8090 my-key my.secret /api/streets 'name=%E6%9C%9D%E9%98%B3&limit=5'
# ALGORITHM may be hmac-sha256, hmac-sm3, or sm2-sm3 with a private key (PEM) instead of a secret.
set -euo pipefail
gateway=$1 key_id=$2 secret_file=$3 path=$4 query=$5
algorithm=${ALGORITHM:-hmac-sha256}

authority=${gateway#*://}
created=$(date +%s)
nonce=$(openssl rand -hex 16)
params="(\"@method\" \"@authority\" \"@path\" \"@query\");created=$created;nonce=\"$nonce\";keyid=\"$key_id\";alg=\"$algorithm\""
base=$(printf '"@method": GET\n"@authority": %s\n"@path": %s\n"@query": ?%s\n"@signature-params": %s' \
    "${authority,,}" "$path" "$query" "$params")
if [ "$algorithm" = sm2-sm3 ]; then
    sign=(-sm3 -sign "$secret_file" -sigopt distid:1234567812345678)
else
    hex_key=$(tr -d '\n' <"$secret_file" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
    sign=("-${algorithm#hmac-}" -mac HMAC -macopt "hexkey:$hex_key" -binary)
fi
signature=$(printf %s "$base" | openssl dgst "${sign[@]}" | openssl base64 -A)

curl -sS --fail-with-body "$gateway$path?$query" \
    -H "Signature-Input: tiaoxi=$params" \
    -H "Signature: tiaoxi=:$signature:"
