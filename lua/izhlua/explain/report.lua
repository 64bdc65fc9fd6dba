-- What the explanations share: how their numbers are written, and the handle that a script gets.
local core = require "izhlua.core"
local models = require "izhlua.models"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"

local report = {}

-- Text ----------------------------------------------------------------------------------------------------------------

-- 3 neurons, 1 neuron, no neurons
function report.count(n, what, many)
  return ("%s %s"):format(n == 0 and "no" or ("%d"):format(n), n == 1 and what or many or what .. "s")
end

-- Three digits: 0.00312, 4.27, 83.1, 1250
function report.number(x)
  if x ~= x then return "–" end
  if x == 0 then return "0" end
  local size = math.abs(x)
  if size >= 99.95 then return ("%.0f"):format(x) end
  if size < 0.001 then return ("%.2g"):format(x) end
  return ("%." .. math.max(0, 2 - math.floor(math.log(size, 10) + 1e-9)) .. "f"):format(x)
end

-- A share of 1 as a percentage: 12 %
function report.percent(share)
  return (("%.0f %%"):format(100 * share):gsub("^%-0 ", "0 "))
end

-- With as many decimals as the sd has in two digits: 0.11 ± 0.60
function report.mean_sd(mean, sd)
  if sd == 0 then return report.number(mean) end
  return report.mean_ci(mean, sd)
end

-- With as many decimals as the interval has in two digits.
function report.mean_ci(mean, ci)
  if mean ~= mean then return "–" end
  if ci ~= ci then return report.number(mean) end
  if ci == 0 then return report.number(mean) .. " ± 0" end
  local decimals = math.min(math.max(0, 1 - math.floor(math.log(ci, 10) + 1e-9)), 6)
  local format = ("%%.%df ± %%.%df"):format(decimals, decimals)
  return (format:format(mean, ci):gsub("^%-(0%.?0*) ", "%1 "))
end

-- "A", "A and B together"
function report.set_words(set)
  if #set == 1 then return set[1] end
  return table.concat(set, ", ", 1, #set - 1) .. " and " .. set[#set] .. " together"
end

local function pad(text, width, right)
  local space = (" "):rep(width - utf8.len(text))
  return right and space .. text or text .. space
end

-- Rows of texts as lines of aligned columns. right: columns, by number, that stand at the right; the last is never filled up.
function report.align(rows, right)
  local width, lines = {}, {}
  for _, row in ipairs(rows) do
    for k, cell in ipairs(row) do width[k] = math.max(width[k] or 0, utf8.len(cell)) end
  end
  for i, row in ipairs(rows) do
    local cells = {}
    for k, cell in ipairs(row) do cells[k] = pad(cell, width[k], right[k]) end
    lines[i] = "  " .. table.concat(cells, "  "):gsub(" +$", "")
  end
  return lines
end

local WIDTH = 100
local units = { "%%", "ms", "Hz", "mV", "s" }

-- Blanks at which a line must not end are made another character: before units, after × and ±, after the number of a factor.
local function glued(text)
  for _, unit in ipairs(units) do text = text:gsub("(%d) (" .. unit .. ")%f[^%w%%]", "%1\1%2") end
  return (text:gsub("([×±]) (%d)", "%1\1%2"):gsub("(%[%d+%]) (%w)", "%1\1%2"))
end

-- A sentence on as many lines as it needs.
function report.wrap(text)
  local lines, line = {}, nil
  for word in glued(text):gmatch("[^ \n]+") do
    word = word:gsub("\1", " ")
    if line and utf8.len(line) + 1 + utf8.len(word) > WIDTH then
      lines[#lines + 1] = line
      line = nil
    end
    line = line and line .. " " .. word or word
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

-- What a script says -------------------------------------------------------------------------------------------------

-- The ids of what is not a source, as option `of` of net:spikes has it; nil when there are no sources, or nothing else.
function report.neurons(net)
  local ids, sources = {}, false
  for _, population in ipairs(net.populations) do
    local is_source = models.is_source(population)
    sources = sources or is_source
    for _, id in ipairs(is_source and {} or population.ids) do ids[#ids + 1] = id end
  end
  return sources and #ids > 0 and ids or nil
end

-- How many these are.
function report.size(net)
  local ids = report.neurons(net)
  return ids and #ids or net.size
end

-- A network that is not closed, has neurons and does not run now.
function report.network(func, net)
  if not core.is_network(net) then
    local of = core.kind(net) == "population" and func == "silence" and ", as in izh.explain.silence(net, { of = E })" or ""
    core.wrong(func, "the first argument", "a network" .. of, net)
  end
  local runs = core.runs(func, net) -- says so if it is closed
  if net.size == 0 then core.raise(func, "the network has no neurons") end
  if runs then core.raise(func, "a network cannot be explained while it runs") end
  return net
end

function report.check_grid(func, net, what, ms)
  local steps = ms / net.dt
  if math.abs(steps - math.floor(steps + 0.5)) > 1e-6 then
    core.raise(func, ("%s must be a multiple of dt = %g ms (got %g ms)"):format(what, net.dt, ms))
  end
end

-- from and to of the options, within 0 … now; by default all since the start, if there is one.
function report.window(func, net, options, start)
  local first = start and start.time or 0
  if net.time == 0 then core.raise(func, "the network has not run: there is nothing to explain yet") end
  if first >= net.time then core.raise(func, ("start must be before now, %g ms (got a snapshot of %g ms)"):format(net.time, first)) end
  local from, to = core.window(func, options, "network", 0, net.time)
  from = options.from or first
  if from >= to then core.raise(func, ("from must be before to (got %g and %g ms)"):format(from, to)) end
  report.check_grid(func, net, "from", from)
  report.check_grid(func, net, "to", to)
  return from, to
end

function report.whole(func, what, value, lo, hi, otherwise)
  if value == nil then return otherwise end
  local number = type(value) == "number" and math.tointeger(value)
  if not number or number < lo or number > hi then core.wrong(func, what, ("a whole number %d … %d"):format(lo, hi), value) end
  return number
end

-- The handle ----------------------------------------------------------------------------------------------------------

local held = setmetatable({}, { __mode = "k" })

-- Titles for n panels: a list of at most n.
local function read_titles(titles, n)
  if titles == nil then return {} end
  if type(titles) ~= "table" then core.wrong("panels", "titles", "a list of strings", titles) end
  local given = core.list("panels", "titles", titles)
  if given > n then core.raise("panels", ("titles must have at most %s (got %d)"):format(check.count(n, "string"), given)) end
  for k = 1, given do check.text("panels", ("titles[%d]"):format(k), titles[k]) end
  return titles
end

-- A result: `list`, which it has as [1], [2] …; fields by name; its text; draw(), which returns a list of functions that make
-- its panels from { title =, span = }; more: page = what its page is like if a script does not say, rerun(run) = what makes
-- the network of one of fields.runs.
function report.new(name, list, fields, text, draw, more)
  local members = { "panels", "plot", more.rerun and "rerun" }
  for field in pairs(fields) do members[#members + 1] = field end
  table.sort(members)
  local methods = {}

  -- e:panels{ span = 2, titles = { … } }: for a page of the script's own.
  function methods.panels(self, options, ...)
    if not held[self] then core.no_self("panels", "an explanation", "e", self) end
    core.no_more("panels", ...)
    options = check.known("panels", options, { "span", "titles" })
    check.read("panels", { panel.span }, options)
    local makers, made = draw("panels"), {}
    local titles = read_titles(options.titles, #makers)
    for k, make in ipairs(makers) do made[k] = panel.quiet(make{ title = titles[k], span = options.span }) end
    return made
  end

  function methods.plot(self, path, options, ...)
    if not held[self] then core.no_self("plot", "an explanation", "e", self) end
    core.no_more("plot", ...)
    options = check.known("plot", options, require "izhlua.figure.page".options)
    local page = {}
    for k, make in ipairs(draw("plot")) do page[k] = make{} end
    for key, value in pairs(#page > 1 and more.page or {}) do page[key] = value end
    for key, value in pairs(options) do page[key] = value end
    require "izhlua.figure"(page):save(path)
  end

  -- e:rerun(k): the network of run k of e.runs, at its end.
  methods.rerun = more.rerun and function(self, k, ...)
    if not held[self] then core.no_self("rerun", "an explanation", "e", self) end
    core.no_more("rerun", ...)
    report.whole("rerun", "the number of the run", k or "nil", 1, #fields.runs)
    return more.rerun(fields.runs[k])
  end

  local handle = setmetatable({}, {
    __name = name,
    __metatable = false,
    methods = methods, fields = fields, -- for completion at the prompt
    __len = function() return #list end,
    __index = function(_, key)
      if math.type(key) == "integer" then return list[key] end
      if methods[key] then return methods[key] end
      if fields[key] == nil then core.unknown(name, "member", tostring(key), members) end
      return fields[key]
    end,
    __newindex = function(_, key) core.raise(name, ("%s cannot be assigned to"):format(tostring(key))) end,
    __tostring = function() return text end,
  })
  held[handle] = true
  return handle
end

return report
