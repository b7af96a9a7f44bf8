-- Sends prepared bodies, one a line of a file, in an order of chance; tells the sums in one line of JSON.
-- Arguments: the file of bodies, a token or "-", a seed, and the encoding that answers may have or "-". In a body, @N@ becomes a number never used before.

local bodies, requests, count = {}, {}, 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  if args[2] ~= "-" then wrk.headers["Authorization"] = "Bearer " .. args[2] end
  if args[4] ~= "-" then wrk.headers["Accept-Encoding"] = args[4] end
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  math.randomseed(tonumber(args[3]))
  count = tonumber(args[3]) * 1000000
  -- Requests that never vary are made once, so that the driver computes as little as it can.
  for at, body in ipairs(bodies) do
    if not body:find("@N@", 1, true) then requests[at] = wrk.format(nil, nil, nil, body) end
  end
end

function request()
  local at = math.random(#bodies)
  if requests[at] then return requests[at] end
  count = count + 1
  return wrk.format(nil, nil, nil, (bodies[at]:gsub("@N@", string.format("%d", count))))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"worst":%f,"failed":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
