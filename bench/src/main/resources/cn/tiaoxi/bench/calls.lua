-- wrk: sends the requests of a file, each once. The file holds, for each request, its length as six
-- digits and then its bytes.
local requests = {}
local count = 0
local sent = 0

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    local text = file:read("*a")
    file:close()
    local at = 1
    while at < #text do
        local length = tonumber(text:sub(at, at + 5))
        count = count + 1
        requests[count] = text:sub(at + 6, at + 5 + length)
        at = at + 6 + length
    end
end

function request()
    sent = sent + 1
    return requests[sent] or requests[count]
end

function done(summary, latency, _)
    io.write(string.format(
        "RESULT %d %d %d %.0f %.0f %.0f %d\n",
        summary.requests, summary.duration, summary.errors.status,
        latency:percentile(50), latency:percentile(99), latency.max,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
