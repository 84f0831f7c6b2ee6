#!/usr/bin/env bash
# Calls an interface in the province's token style:  province-token.sh GATEWAY APP_KEY SECRET_FILE PATH QUERY
#   province-token.sh http://127.0.0.1:8090 my-key my.secret /gateway/api/city/dataSharing/streets.htm 'name=%E6%9C%9D%E9%98%B3'
# MD5 is weak and covers no parameter: use another kind of key for anything new.
set -euo pipefail
gateway=$1 app_key=$2 secret_file=$3 path=$4 query=$5

proof() { # SECRET: the three parameters that every request has
    local time sign
    time=$(date +%s%3N)
    sign=$(printf %s "$app_key$1$time" | openssl dgst -md5 -r | cut -d' ' -f1)
    printf 'appKey=%s&sign=%s&requestTime=%s' "$app_key" "$sign" "$time"
}

# A request secret lives 15 minutes; a program keeps it and gets the next one with refreshTokenBySec.htm.
secrets=$(curl -sS "$gateway/gateway/app/refreshTokenByKey.htm" -d "$(proof "$(tr -d '\n' <"$secret_file")")")
request_secret=$(sed -n 's/.*"requestSecret":"\([0-9a-f]*\)".*/\1/p' <<<"$secrets")
[ -n "$request_secret" ] || { printf '%s\n' "$secrets"; exit 1; }

basis='{"powerMatters":"MATTER","materialName":"MATERIAL","sponsorName":"APPLICANT"}'
answer=$(curl -sS "$gateway$path" -d "$(proof "$request_secret")" -d "$query" --data-urlencode "additional=$basis")
printf '%s\n' "$answer"
[[ $answer == *'"code":"00"'* ]]
