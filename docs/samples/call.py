"""Calls an interface with the standard library:  call.py GATEWAY KEY_ID SECRET_FILE PATH key=value ...

ALGORITHM may be hmac-sha256 or hmac-sm3 (where Python's OpenSSL has SM3)."""
import base64, hmac, os, secrets, sys, time, urllib.error, urllib.parse, urllib.request

gateway, key_id, secret_file, path, *pairs = sys.argv[1:]
query = "?" + urllib.parse.urlencode(dict(pair.split("=", 1) for pair in pairs))
algorithm = os.environ.get("ALGORITHM", "hmac-sha256")
authority = urllib.parse.urlsplit(gateway).netloc.lower()

params = ('("@method" "@authority" "@path" "@query")'
          f';created={int(time.time())};nonce="{secrets.token_hex(16)}";keyid="{key_id}";alg="{algorithm}"')
base = (f'"@method": GET\n"@authority": {authority}\n"@path": {path}\n"@query": {query}\n'
        f'"@signature-params": {params}')
mac = hmac.new(base64.b64decode(open(secret_file).read()), base.encode(), algorithm.removeprefix("hmac-")).digest()

request = urllib.request.Request(gateway + path + query, headers={
    "Signature-Input": "tiaoxi=" + params,
    "Signature": "tiaoxi=:" + base64.b64encode(mac).decode() + ":"})
try:
    print(urllib.request.urlopen(request).read().decode())
except urllib.error.HTTPError as refusal:
    sys.exit(refusal.read().decode())
