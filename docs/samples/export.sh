#!/usr/bin/env bash
# Orders a file of an interface's rows, waits for it and fetches it, with curl and openssl:
#   export.sh GATEWAY KEY_ID SECRET_FILE INTERFACE FORMAT FILE [BODY]
#   export.sh http://127.0.0.1:8090 my-key my.secret streets csv streets.csv '{"division": 330502}'
# FORMAT is csv or ndjson; BODY names keys and fields as for a lookup, without it all rows are ordered. A file that is there in part
# is fetched on from where it ends. ALGORITHM may be hmac-sha256, hmac-sm3, or sm2-sm3 with a private key (PEM).
set -euo pipefail
gateway=$1 key_id=$2 secret_file=$3 interface=$4 format=$5 file=$6 body=${7:-}
algorithm=${ALGORITHM:-hmac-sha256}

if [ "$algorithm" = sm2-sm3 ]; then
    sign=(-sm3 -sign "$secret_file" -sigopt distid:1234567812345678)
else
    hex_key=$(tr -d '\n' <"$secret_file" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
    sign=("-${algorithm#hmac-}" -mac HMAC -macopt "hexkey:$hex_key" -binary)
fi

# call METHOD ADDRESS QUERY BODY [curl options]; an address of another gateway is signed for that one.
call() {
    local method=$1 address=$2 query=$3 sent=$4 host path covered params digest base signature
    shift 4
    host=${address#*://} host=${host%%/*} path=/${address#*://*/}
    covered='"@method" "@authority" "@path" "@query"'
    base=$(printf '"@method": %s\n"@authority": %s\n"@path": %s\n"@query": ?%s' "$method" "${host,,}" "$path" "$query")
    if [ -n "$sent" ]; then
        digest="sha-256=:$(printf %s "$sent" | openssl dgst -sha256 -binary | openssl base64 -A):"
        covered+=' "content-digest"'
        base+=$(printf '\n"content-digest": %s' "$digest")
        set -- "$@" -H "Content-Digest: $digest" -H 'Content-Type: application/json' --data-binary "$sent"
    fi
    params="($covered);created=$(date +%s);nonce=\"$(openssl rand -hex 16)\";keyid=\"$key_id\";alg=\"$algorithm\""
    base+=$(printf '\n"@signature-params": %s' "$params")
    signature=$(printf %s "$base" | openssl dgst "${sign[@]}" | openssl base64 -A)
    curl -sS --fail-with-body -X "$method" "$address${query:+?$query}" "$@" \
        -H "Signature-Input: tiaoxi=$params" -H "Signature: tiaoxi=:$signature:"
}

member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

export=$gateway/api/$interface/exports/$(call POST "$gateway/api/$interface/exports" "format=$format" "$body" | tee /dev/stderr | member export)
echo >&2
while state=$(call GET "$export" '' '') && case $(member state <<<"$state") in WAITING | RUNNING) true ;; *) false ;; esac; do sleep 2; done
[ "$(member state <<<"$state")" = READY ] || { echo "$state" >&2; exit 1; }

touch "$file"
call GET "$(member content <<<"$state")" '' '' -C - -o "$file"
call GET "$export/signature" '' '' -o "$file.signature"
[ "$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)" = "$(member sha256 <<<"$state")" ] || { echo "$file is not what was made" >&2; exit 1; }
echo "$file: $(sed -n 's/^rows //p' "$file.signature") rows, signed in $file.signature" >&2
