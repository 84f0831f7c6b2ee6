"""Calls an interface in the province's token style:  province-token.py GATEWAY APP_KEY SECRET_FILE PATH key=value ...

MD5 is weak and covers no parameter: use another kind of key for anything new."""
import hashlib, json, sys, time, urllib.parse, urllib.request

gateway, app_key, secret_file, path, *pairs = sys.argv[1:]


def post(path, secret, **parameters):
    request_time = str(int(time.time() * 1000))
    sign = hashlib.md5((app_key + secret + request_time).encode()).hexdigest()
    form = dict(parameters, appKey=app_key, sign=sign, requestTime=request_time)
    answer = json.load(urllib.request.urlopen(gateway + path, urllib.parse.urlencode(form).encode()))
    return answer if answer["code"] == "00" else sys.exit(json.dumps(answer, ensure_ascii=False))


# A request secret lives 15 minutes; a program keeps it and gets the next one with refreshTokenBySec.htm.
secrets = post("/gateway/app/refreshTokenByKey.htm", open(secret_file).read().strip())["datas"]
basis = {"powerMatters": "MATTER", "materialName": "MATERIAL", "sponsorName": "APPLICANT"}
answer = post(path, secrets["requestSecret"], **dict(pair.split("=", 1) for pair in pairs),
              additional=json.dumps(basis))
print(json.dumps(json.loads(answer["datas"]), ensure_ascii=False))
