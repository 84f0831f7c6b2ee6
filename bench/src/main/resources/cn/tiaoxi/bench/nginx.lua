-- What nginx does with Lua beside the gateway: the HMAC-SHA256 of an RFC 9421 signature, a count of the
-- caller's calls, two fields of a JSON list masked. The log line is nginx's own.
local ffi = require "ffi"
ffi.cdef [[
const void *EVP_sha256(void);
unsigned char *HMAC(const void *md, const void *key, int key_len, const unsigned char *d, size_t n,
                    unsigned char *out, unsigned int *out_len);
]]
local crypto = ffi.load("libcrypto.so.3")
local sha256 = crypto.EVP_sha256()
local out = ffi.new("unsigned char[64]")
local out_length = ffi.new("unsigned int[1]")
local secret = "@SECRET@"
local work = {}

function work.check()
    local headers = ngx.req.get_headers()
    local input = headers["signature-input"]
    local given = headers["signature"]
    if not input or not given then
        return ngx.exit(401)
    end
    local key = input:match('keyid="([^"]*)"')
    local base = '"@method": ' .. ngx.req.get_method()
        .. '\n"@authority": ' .. headers["host"]
        .. '\n"@path": ' .. ngx.var.uri
        .. '\n"@query": ?' .. (ngx.var.args or "")
        .. '\n"@signature-params": ' .. input:sub(8)
    crypto.HMAC(sha256, secret, #secret, base, #base, out, out_length)
    local wanted = "tiaoxi=:" .. ngx.encode_base64(ffi.string(out, out_length[0])) .. ":"
    if wanted ~= given then
        return ngx.exit(401)
    end
    ngx.shared.calls:incr(key, 1, 0)
end

function work.mask()
    local chunk, last = ngx.arg[1], ngx.arg[2]
    if not last or ngx.ctx.body then
        ngx.ctx.body = (ngx.ctx.body or "") .. chunk
        chunk = ngx.ctx.body
    end
    if not last then
        ngx.arg[1] = nil
        return
    end
    chunk = ngx.re.gsub(chunk, [["name":"(.[\x80-\xbf]*)[^"]*"]], [["name":"$1**"]], "jo")
    ngx.arg[1] = ngx.re.gsub(chunk, [["phone":"(\d{3})\d+(\d{4})"]], [["phone":"$1****$2"]], "jo")
end

return work
