#!/usr/bin/env bash
# Checks a file that a gateway made: who signed it, and that it is the file. Needs openssl and coreutils.
#
#   verify-export.sh NOTE VKEY FILE
#
# NOTE is what GET …/exports/<export>/signature answered, VKEY the gateway's key as the page on gateways shows it
# (name+id+base64, also in the file key.vkey of its log), FILE what …/content answered.
set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

named=${2#*+}
{ printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; base64 -d <<<"${named#*+}" | tail -c 32; } >"$work/key.der"
sed '/^$/,$d' "$1" >"$work/text"
sed -n "s|^— ${2%%+*} ||p" "$1" | base64 -d | tail -c 64 >"$work/signature"
openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/key.der" -in "$work/text" -sigfile "$work/signature" >/dev/null ||
  { echo "the signature does not hold" >&2; exit 1; }
[ "$(head -n 1 "$work/text")" = tiaoxi/export/v1 ] || { echo "this is no note of an export" >&2; exit 1; }
sed -n 's/^sha256 //p' "$work/text" | grep -qx "$(sha256sum <"$3" | cut -d' ' -f1)" ||
  { echo "the file is not the one that was signed" >&2; exit 1; }
sed -n '2,$p' "$work/text"
