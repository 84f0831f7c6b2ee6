"""Calls an interface with the standard library:  call.py GATEWAY KEY_ID SECRET_FILE PATH key=value ..."""
import base64, hashlib, hmac, secrets, sys, time, urllib.error, urllib.parse, urllib.request

gateway, key_id, secret_file, path, *pairs = sys.argv[1:]
query = "?" + urllib.parse.urlencode(dict(pair.split("=", 1) for pair in pairs))
authority = urllib.parse.urlsplit(gateway).netloc.lower()

params = ('("@method" "@authority" "@path" "@query")'
          f';created={int(time.time())};nonce="{secrets.token_hex(16)}";keyid="{key_id}";alg="hmac-sha256"')
base = (f'"@method": GET\n"@authority": {authority}\n"@path": {path}\n"@query": {query}\n'
        f'"@signature-params": {params}')
mac = hmac.new(base64.b64decode(open(secret_file).read()), base.encode(), hashlib.sha256).digest()

request = urllib.request.Request(gateway + path + query, headers={
    "Signature-Input": "tiaoxi=" + params,
    "Signature": "tiaoxi=:" + base64.b64encode(mac).decode() + ":"})
try:
    print(urllib.request.urlopen(request).read().decode())
except urllib.error.HTTPError as refusal:
    sys.exit(refusal.read().decode())
