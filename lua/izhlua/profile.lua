-- net:profile(): where the time of the last run went, and what the memory is for. Measured in C (core/net/profile.h).
local core = require "izhlua.core"

local profile = {}

local NAN = core.measures.nan

-- The parts of the time in the order of a step, and what each is counted by.
local parts = {
  { "delivery", "synaptic_events" },
  { "currents", "neuron_updates" },
  { "noise", "neuron_updates" },
  { "stimuli", "neuron_updates" },
  { "update", "neuron_updates" },
  { "waiting" },
  { "exchange", "exchanged_bytes" }, -- these are known with several ranks
  { "recording" }, { "callbacks" }, { "other" },
}
local each = { synaptic_events = "synaptic event", neuron_updates = "neuron and step", exchanged_bytes = "byte of all ranks" }

local function number_text(format, x)
  return (format:format(x):gsub(",", ".")) -- whatever the locale of the script
end

local function bytes_text(bytes)
  local units, u = { "bytes", "KB", "MB", "GB", "TB" }, 1
  while bytes >= 999.5 and u < #units do bytes, u = bytes / 1000, u + 1 end
  return number_text(u > 1 and bytes < 9.95 and "%.1f " or "%.0f ", bytes) .. units[u]
end

local function pad(text, width)
  return (" "):rep(width - utf8.len(text)) .. text
end

-- Rows of texts as lines; columns are set flush right but for the first and the last.
local function add_table(lines, rows)
  local widths = {}
  for _, row in ipairs(rows) do
    for k, text in ipairs(row) do widths[k] = math.max(widths[k] or 0, utf8.len(text)) end
  end
  for _, row in ipairs(rows) do
    local cells = { row[1] .. (" "):rep(widths[1] - utf8.len(row[1])) }
    for k = 2, #row do cells[k] = k == #row and k == #widths and row[k] or pad(row[k], widths[k]) end
    lines[#lines + 1] = (table.concat(cells, "  "):gsub(" +$", ""))
  end
end

local function plural(n, word)
  return ("%d %s%s"):format(n, word, n == 1 and "" or "s")
end

local function heading(p)
  local run, total = p.steps * p.dt, p.ms.total
  local pace = total > 0 and run > 0 and (", %s × real time"):format(number_text("%.3g", run / total)) or ""
  local ranks = p.ranks and plural(p.ranks, "rank") .. " of " or ""
  return ("%s ms (%s) in %s ms%s, on %s%s"):format(number_text("%.10g", run), plural(p.steps, "step"),
    number_text("%.4g", total), pace, ranks, plural(p.threads, "thread"))
end

local function time_rows(p)
  local total = p.ms.total
  local decimals = math.max(0, 4 - math.floor(math.log(math.max(total, 1e-6), 10)))
  local format = ("%%.%df"):format(decimals)
  local rows = { { "time", "ms", "%", "ns", "for each" } }
  for _, part in ipairs(parts) do
    local name, counter = part[1], part[2]
    local ms = p.ms[name]
    if ms > 0 then
      local n = counter and p[counter] or 0
      rows[#rows + 1] = { name, number_text(format, ms), number_text("%.1f", 100 * ms / total),
        n > 0 and number_text("%.2f", 1e6 * ms / n) or "", n > 0 and ("%s (%d)"):format(each[counter], n) or "" }
    end
  end
  rows[#rows + 1] = { "total", number_text(format, total), "", "", "" }
  return rows
end

local function memory_rows(p)
  local rows = { { "memory", "", "", "" } }
  local function add(name, bytes, projection)
    if bytes == 0 then return end
    local each_one = projection and projection.synapses > 0
    rows[#rows + 1] = { name, bytes_text(bytes), each_one and number_text("%.1f", projection.bytes_per_synapse) or "",
      each_one and ("bytes a synapse (%d)"):format(projection.synapses) or "" }
  end
  add("neurons", p.bytes.neurons)
  for _, projection in ipairs(p.projections) do
    add(('projection "%s"'):format(projection.name), projection.bytes, projection)
  end
  add("stimuli", p.bytes.stimuli)
  add("spikes", p.bytes.spikes)
  add("recordings", p.bytes.recordings)
  add("start", p.bytes.start)
  add("total", p.bytes.total)
  return rows
end

local meta = { __name = "profile", __metatable = false }

function meta.__tostring(p)
  local lines = { heading(p) }
  if p.threads > 1 then lines[#lines + 1] = "Times are those of the first thread; it was waiting for the others." end
  if p.ranks then
    lines[#lines + 1] = ("Times and memory are means over the ranks, which wait for the slowest; the most work of a rank is %s × the mean.")
      :format(number_text("%.3f", p.imbalance))
  end
  lines[#lines + 1] = ""
  add_table(lines, time_rows(p))
  lines[#lines + 1] = ("Timed: %s of %d."):format(plural(p.timed_steps, "step"), p.steps)
  lines[#lines + 1] = ""
  add_table(lines, memory_rows(p))
  return table.concat(lines, "\n")
end

local function ns(ms, n)
  return n > 0 and 1e6 * ms / n or NAN
end

function profile.profile(...)
  local p = core.profile(...)
  local ms = p.ms
  p.ns_per_event = ns(ms.delivery, p.synaptic_events)
  p.ns_per_update = ns(ms.currents + ms.noise + ms.stimuli + ms.update, p.neuron_updates)
  return setmetatable(p, meta)
end

return profile
