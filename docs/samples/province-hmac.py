"""Calls an interface in the province's HMAC style:  province-hmac.py GATEWAY ACCESS_KEY SECRET_FILE PATH key=value ..."""
import base64, email.utils, hashlib, hmac, sys, urllib.error, urllib.parse, urllib.request

gateway, access_key, secret_file, path, *pairs = sys.argv[1:]
query = urllib.parse.urlencode(sorted(tuple(pair.split("=", 1)) for pair in pairs))
date = email.utils.formatdate(usegmt=True)

text = f"GET\n{path}\n{query}\n{access_key}\n{date}\n"
mac = hmac.new(open(secret_file).read().strip().encode(), text.encode(), hashlib.sha256).digest()

request = urllib.request.Request(gateway + path + "?" + query, headers={
    "X-BG-HMAC-SIGNATURE": base64.b64encode(mac).decode(),
    "X-BG-HMAC-ALGORITHM": "hmac-sha256",
    "X-BG-HMAC-ACCESS-KEY": access_key,
    "X-BG-DATE-TIME": date})
try:
    print(urllib.request.urlopen(request).read().decode())
except urllib.error.HTTPError as refusal:
    sys.exit(refusal.read().decode())
