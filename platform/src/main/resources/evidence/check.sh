#!/bin/sh
# Checks a package of evidence: that no file was changed, each record's proof, and the signatures of log and witnesses.
# Needs sha256sum (or shasum) and python3, nothing else.
cd "$(dirname "$0")" || exit 2
if command -v sha256sum >/dev/null; then sha256sum -c --quiet MANIFEST; else shasum -a 256 -c --quiet MANIFEST; fi ||
    { echo "A file is not what the list says." >&2; exit 1; }
checked=0
for proof in proofs/*.tlog-proof; do
    name=$(basename "$proof" .tlog-proof)
    log=$(cat "proofs/$name.log")
    set --
    for witness in keys/"$log".witness-*.vkey; do
        [ -e "$witness" ] && set -- "$@" --witness "$witness"
    done
    python3 verify_log.py --key "keys/$log.vkey" "$@" "$proof" "records/$name.json" >/dev/null ||
        { echo "Record $name does not hold." >&2; exit 1; }
    checked=$((checked + 1))
done
echo "All files are as listed; $checked records are in their logs as signed."
