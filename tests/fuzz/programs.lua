-- A random program: calls of the whole API, made from its description (lua/izhlua/meta.lua). So a function that is
-- described there is called here, and an option that is described is given.
-- Called by programs_fuzz.c with the path of the description, the folder of our own files, choose(n), which gives
-- 1 … n or, at the end of the program, nothing, and how many calls there are. Returns what is wrong, or nothing.
local path, own_folder, choose, calls = ...
local izh = require "izhlua"

-- The description ---------------------------------------------------------------------------------------------------

local classes, aliases, functions = {}, {}, {}

-- The type that a text begins with, and what follows it.
local function read_type(text)
  local at = 1
  local read
  local function take(pattern)
    local from, to, found = text:find("^%s*" .. pattern, at)
    if from then at = to + 1 end
    return from and (found or true)
  end
  local function record(ends)
    local fields = {}
    while not take(ends) and at <= #text do
      local name = take("%[?([%w_.]+)%]?") or at
      local optional = take("%?")
      take(":")
      fields[#fields + 1] = { name = tonumber(name) or name, optional = optional, type = read() }
      take(",")
    end
    return fields
  end
  local function primary()
    local word = take('"([^"]*)"')
    if word then return { kind = "value", value = word } end
    if take("%(") then
      local inner = read()
      take("%)")
      return inner
    end
    if take("{") then return { kind = "record", fields = record("}") } end
    if take("fun%(") then
      local takes = record("%)")
      return { kind = "function", takes = takes, gives = take(":") and read() or nil }
    end
    local name = take("([%a_][%w_.]*)") or take("(%.%.%.)") or (take(".") and "any") or "any"
    if name == "table" and take("<") then
      local key = read()
      take(",")
      local value = read()
      take(">")
      return { kind = "map", key = key, value = value }
    end
    return { kind = "name", name = name }
  end
  function read()
    local kinds = { kind = "either" }
    repeat
      local one = primary()
      while text:find("^%[%]", at) or text:find("^%?", at) do
        if text:sub(at, at) == "?" then
          kinds.optional, at = true, at + 1
        else
          one, at = { kind = "list", of = one }, at + 2
        end
      end
      kinds[#kinds + 1] = one
    until not text:find("^|", at) or not take("|")
    return #kinds == 1 and not kinds.optional and kinds[1] or kinds
  end
  local found = read()
  return found, text:sub(at)
end

-- The words in a comment that are perhaps values: "v", and endings of files.
local function hints_of(comment, name)
  local hints = { range = comment:find("{ lo, hi }", 1, true) ~= nil }
  for word in comment:gmatch('"([^"]+)"') do hints[#hints + 1] = word end
  if name == "path" or comment:find("path", 1, true) or comment:find("CSV", 1, true) then
    for ending in comment:gmatch("%f[.]%.%l[%l%d]+") do hints[#hints + 1] = "a" .. ending end
    if #hints == 0 then hints[1] = "a.csv" end
  end
  return hints
end

-- A field, a parameter or a result of a function.
local function read_item(text, named)
  local name, optional, rest = text:match("^(%S-)(%??)%s+(.*)$")
  if not named then name, optional, rest = "", "", text end
  local type, comment = read_type(rest)
  return { name = name, optional = optional == "?", type = type, hints = hints_of(comment, name) }
end

local function read_description()
  local class, alias, takes, gives, owners, said = nil, nil, {}, {}, {}, ""
  for line in io.lines(path) do
    local tag, text = line:match("^%-%-%-@(%w+)%s+(.*)$")
    local owner, dot, name = line:match("^function ([%w_.]+)([.:])([%w_]+)%(")
    if tag == "class" then
      local own, parents = text:match("^([%w_.]+):?%s*([%w_., ]*)")
      class = { name = own, fields = {}, parents = {} }
      for parent in (text:find("^[%w_.]+:") and parents or ""):gmatch("izhlua[%w_.]+") do
        class.parents[#class.parents + 1] = parent
      end
      classes[own] = class
    elseif tag == "field" and not text:find("^%[") then
      class.fields[#class.fields + 1] = read_item(text, true)
    elseif tag == "alias" then
      local own, rest = text:match("^(%S+)%s*(.*)$")
      alias = { kind = "either" }
      aliases[own] = rest ~= "" and read_type(rest) or alias
    elseif tag == "param" then
      takes[#takes + 1] = read_item(text, true)
    elseif tag == "return" then
      gives[#gives + 1] = read_item(text).type
    elseif line:find("^%-%-%-| ") then
      alias[#alias + 1] = read_type(line:sub(6))
    elseif owner then
      for _, item in ipairs(takes) do
        if item.name == "path" and item.hints[1] == "a.csv" then item.hints = hints_of(said, "path") end
      end
      functions[#functions + 1] = { owner = dot == ":" and owners[owner] or owner, method = dot == ":", name = name,
        takes = takes, gives = gives }
      takes, gives, said = {}, {}, ""
    elseif line:find("^%-%-%-") then
      said = said .. line
    else
      local variable = line:match("^local ([%w_]+) = {}")
      if variable then owners[variable] = class.name end
    end
  end
end
read_description()

-- What takes long is called seldom.
local long = { sweep = true, trials = true, convergence = true, silence = true, bursts = true, inhibition = true,
  plot = true, run_until = false, raster = true, rerun = true, panels = true }
local function takes_long(f)
  if f.name == "close" then return true end
  if f.name == "save" then return f.owner == "izhlua.Figure" end
  if f.name == "run" then return not f.method end
  return long[f.name] and f.owner ~= "izh" and f.owner ~= "izhlua.Spikes" or f.owner == "izh" and f.name ~= "raster"
    and long[f.name]
end

-- Which classes functions give, and which functions: others are tables that a program makes.
local makers = {}
local function note_maker(f, type)
  if not type then return end
  if type.kind == "name" and classes[type.name] then
    makers[type.name] = makers[type.name] or {}
    if not takes_long(f) then table.insert(makers[type.name], f) end
  end
  if type.kind == "list" then note_maker(f, type.of) end
  for _, one in ipairs(type.kind == "either" and type or {}) do note_maker(f, one) end
end
for _, f in ipairs(functions) do
  for _, type in ipairs(f.gives) do note_maker(f, type) end
end
for _, class in ipairs{ "izhlua.Rng", "izhlua.Stimulus" } do makers[class] = makers[class] or {} end

-- Values ------------------------------------------------------------------------------------------------------------

local ENDED = {} -- what is raised at the end of the program
local ended = false
local function pick(n)
  local k = choose(n)
  if k then return k end
  ended = true
  error(ENDED, 0)
end
local function one_of(list) return list[pick(#list)] end
local function once_in(n) return pick(n) == n end

local pool = {} -- class → what there is of it
local home -- the network of the call that is being made
local homes = setmetatable({}, { __mode = "k" }) -- thing → its network
local function keep(class, value)
  local have = pool[class] or {}
  pool[class] = have
  have[#have < 6 and #have + 1 or pick(#have)] = value
  if class ~= "izhlua.Network" and type(value) == "userdata" then homes[value] = home end
end

-- Of what there is, most often something of the network of the call, and seldom what is closed.
local function choose_from(class)
  local have = pool[class] or {}
  if #have == 0 then return nil end
  local k = pick(#have)
  if home and not once_in(10) then
    if class == "izhlua.Network" then return home end
    for i = 1, #have do
      if homes[have[(k + i) % #have + 1]] == home then return have[(k + i) % #have + 1] end
    end
    if home and class ~= "izhlua.Spikes" and homes[have[k]] then return nil end
  end
  local net = class == "izhlua.Network" and have[k] or homes[have[k]]
  if net and tostring(net) == "network (closed)" and not once_in(6) then
    table.remove(have, k)
    if #have == 0 then pool[class] = nil end
    return nil
  end
  return have[k]
end

local plain = { 0, 1, 1, 2, 3, 4, 5, 7, 10, 20, 0.5, 0.5, 0.25, 0.1, 1.5, -1, -5, -65, 30, 100 }
local wild = { 0 / 0, 1 / 0, -1 / 0, -0.0, 2 ^ 31, -2 ^ 31, 2 ^ 32, 2 ^ 53, 1e300, -1e300, 1e-300, 1e18, 1e-9, 257,
  math.maxinteger, math.mininteger, "3", 2 ^ 63, 1000 }
local processes = { workers = true, trials = true } -- so many at a time, or in all
local whole = { 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12, 20, 40, -1 }
local words = { "E", "I", "E->I", "a", "b", "v", "u", "weight", "", "x\0y", "é", "\xff", ("x"):rep(201), "<i>v</i>", "a.csv",
  "<sub>", "RS", "E2003", "rate", "../a", "\27[31m", "cv", "isi" }

local make, call -- of a type; a function

local function number() return once_in(24) and one_of(wild) or one_of(plain) end

local function anything()
  local names = {}
  for class in pairs(pool) do names[#names + 1] = class end
  table.sort(names)
  local kind = pick(8)
  if kind <= 4 and #names > 0 then return one_of(pool[one_of(names)]) end
  if kind == 5 then return {} end
  if kind == 6 then return one_of(words) end
  if kind == 7 then return one_of{ true, false, print } end
  return number()
end

-- What a function of the program does: it may call any, fail, or give what is asked for.
local function callback(type, depth)
  return function(...)
    for i, item in ipairs(type.takes) do
      local of = item.type
      if of.kind == "name" and makers[of.name] and once_in(2) then keep(of.name, (select(i, ...))) end
    end
    if depth < 3 and once_in(6) then pcall(call, one_of(functions), depth + 1) end
    if once_in(60) then error(one_of{ "thrown", {}, false }) end
    if once_in(80) then coroutine.yield() end
    return type.gives and make(type.gives, depth + 1, {})
  end
end

local wanted = { weight = true, times = true } -- what is optional only because there is another way

local function fields_of(class, into, depth, often)
  often = often or one_of{ 3, 8, 20 }
  for _, parent in ipairs(class.parents) do fields_of(classes[parent], into, depth, often) end
  for _, field in ipairs(class.fields) do
    if not field.optional and not once_in(20) or wanted[field.name] and not once_in(6) or once_in(often) then
      into[field.name] = make(field.type, depth + 1, field.hints, field.name)
    end
  end
  if once_in(60) then into[one_of(words)] = anything() end
  return into
end

local function cell_name()
  local names = {}
  for cell in pairs(izh.cells) do names[#names + 1] = cell end
  table.sort(names)
  return one_of(names)
end

local simple = {
  number = number,
  integer = function(_, _, name)
    if processes[name] then return pick(3) end
    return once_in(24) and one_of(wild) or one_of(whole)
  end,
  boolean = function() return once_in(2) end,
  ["true"] = function() return true end,
  ["false"] = function() return false end,
  ["nil"] = function() end,
  any = anything,
  ["..."] = anything,
  table = function(depth)
    local t = {}
    for _ = 1, pick(4) do t[once_in(2) and #t + 1 or one_of(words)] = depth < 5 and once_in(3) and {} or anything() end
    return t
  end,
  ["izhlua.Cell"] = function(depth)
    local cell = {}
    for key, value in pairs(izh.cells[cell_name()]) do cell[key] = value end
    return fields_of(classes["izhlua.Cell"], cell, depth, 40)
  end,
  string = function(_, hints, name)
    if name == "cell" or name == "source" then return cell_name() end
    return #hints > 0 and not once_in(8) and one_of(hints) or one_of(words)
  end,
}

local function object(class, depth)
  local found = (not once_in(12) or depth > 3) and choose_from(class)
  if found or depth > 4 or #makers[class] == 0 then return found or nil end
  call(one_of(makers[class]), depth + 1)
  return choose_from(class)
end

local kinds = {
  value = function(type) return type.value end,
  list = function(type, depth, hints, name)
    local list = {}
    if hints.range and not once_in(10) then
      local low = one_of(plain)
      return { low, low + one_of(plain) }
    end
    for i = 1, pick(6) - 1 do list[i] = make(type.of, depth + 1, hints, name) end
    if type.of.kind == "name" and type.of.name == "number" and once_in(2) then pcall(table.sort, list) end
    return list
  end,
  map = function(type, depth)
    local map = {}
    for _ = 1, pick(4) - 1 do
      local key = make(type.key, depth + 1, {})
      if key ~= nil and key == key then map[key] = make(type.value, depth + 1, {}) end
    end
    return map
  end,
  record = function(type, depth)
    local record = {}
    for _, field in ipairs(type.fields) do
      if not field.optional or once_in(3) then record[field.name] = make(field.type, depth + 1, {}) end
    end
    return record
  end,
  ["function"] = callback,
  either = function(type, depth, hints, name)
    if type.optional and once_in(3) then return nil end
    return make(one_of(type), depth, hints, name)
  end,
  name = function(type, depth, hints, name)
    local own = type.name
    if simple[own] then return simple[own](depth, hints, name) end
    if aliases[own] then return make(aliases[own], depth, hints, name) end
    if makers[own] then return object(own, depth) end
    return classes[own] and fields_of(classes[own], {}, depth) or anything()
  end,
}

function make(type, depth, hints, name)
  if depth > 8 then return nil end
  if once_in(50) then return anything() end
  return kinds[type.kind](type, depth, hints, name)
end

-- Calls -------------------------------------------------------------------------------------------------------------

local function keep_results(types, ...)
  for i, type in ipairs(types) do
    local value = select(i, ...)
    local list = type.kind == "list" and type.of or nil
    if type.kind == "name" and makers[type.name] and value ~= nil then keep(type.name, value) end
    if list and list.kind == "name" and makers[list.name] and _G.type(value) == "table" and value[1] ~= nil then
      keep(list.name, value[1])
    end
  end
end

local tracing = os.getenv "FUZZ_TRACE"
local function trace(f, arguments)
  local shown = {}
  for i = 1, arguments.n do
    local a = arguments[i]
    shown[i] = type(a) == "string" and ("%q"):format(a) or tostring(a)
    if type(a) == "table" and not getmetatable(a) then
      local parts = {}
      for key, value in pairs(a) do parts[#parts + 1] = tostring(key) .. " = " .. tostring(value) end
      shown[i] = "{ " .. table.concat(parts, ", ") .. " }"
    end
  end
  io.stderr:write(f.owner, f.method and ":" or ".", f.name, "(", table.concat(shown, ", "), ")\n")
end

local tables = { izh = izh, analysis = izh.analysis, ["izh.patterns"] = izh.patterns, ["izh.explain"] = izh.explain }

-- With the arguments that are made for it.
local function call_of(f, depth)
  local arguments = { n = 0 }
  local of = tables[f.owner]
  if f.method then
    local self = object(f.owner, depth)
    if self == nil then return end
    home = f.owner == "izhlua.Network" and self or homes[self]
    if once_in(60) then of = self self = anything() else of = self end
    arguments[1], arguments.n = self, 1
  end
  for _, item in ipairs(f.takes) do
    local missing = item.optional and once_in(2)
    arguments.n = arguments.n + 1
    arguments[arguments.n] = not missing and make(item.type, depth + 1, item.hints, item.name) or nil
  end
  if tracing then trace(f, arguments) end
  local called = of and of[f.name]
  if called == nil then error("there is no " .. f.owner .. "." .. f.name, 0) end
  keep_results(f.gives, called(table.unpack(arguments, 1, arguments.n)))
end

function call(f, depth)
  local before = home
  if depth == 0 then home = nil end
  local ok, message = pcall(call_of, f, depth)
  home = before
  if not ok then error(message, 0) end
end

-- Everything else that a program can do with what it has.
local function look(class, value)
  local described = classes[class]
  local what = pick(9)
  if what == 1 then return tostring(value) end
  if what == 2 then return #value end
  if what == 3 then return value[one_of(whole)] end
  if what == 4 then for _, x in ipairs(value) do keep("any", x) break end return end
  if what == 5 then for _ in pairs(value) do break end return end
  if what == 6 then return value(make({ kind = "list", of = { kind = "name", name = "integer" } }, 3, {})) end
  if what == 7 then return one_of{ function(a, b) return a + b end, function(a, b) return a / b end,
    function(a) return -a end, function(a, b) return a ^ b end, function(a, b) return a == b end,
    function(a, b) return a .. b end, function(a, b) return a < b end }(value, anything()) end
  if what == 8 then value[one_of(words)] = anything() return end
  if #described.fields == 0 then return end
  local field = one_of(described.fields)
  local found = value[field.name]
  if field.type.kind == "map" and field.type.value.kind == "name" and makers[field.type.value.name] then
    for _, x in ipairs(found) do keep(field.type.value.name, x) end
  end
end

local function look_at_something()
  local names = {}
  for class in pairs(pool) do
    if classes[class] then names[#names + 1] = class end
  end
  table.sort(names)
  if #names == 0 then return end
  local class = one_of(names)
  look(class, one_of(pool[class]))
end

local others = {
  look_at_something, look_at_something, look_at_something, look_at_something,
  function() pool[one_of{ "izhlua.Network", "izhlua.Population", "izhlua.Spikes", "izhlua.Vector" }] = nil end,
  function() collectgarbage(one_of{ "collect", "step", "incremental", "generational" }) end,
  function()
    local run = coroutine.wrap(function() call(one_of(functions), 0) end)
    run()
  end,
  function() -- what a finalizer does, whenever it is called
    local f = one_of(functions)
    setmetatable({}, { __gc = function() if not ended then pcall(call, f, 3) end end })
  end,
  function()
    local n, f = pick(200), one_of(functions)
    debug.sethook(function()
      debug.sethook()
      pcall(call, f, 3)
    end, one_of{ "c", "r", "" }, n)
    pcall(call, one_of(functions), 0)
    debug.sethook()
  end,
}

-- What is wrong with an error: it must be one of the script's, with a place in it, or what the script raised.
local function fault_of(message)
  if type(message) ~= "string" then return nil end
  if message:find(own_folder, 1, true) then return "an error inside our own files: " .. message end
  if message:find("there is no ", 1, true) == 1 then return message end
end

local function action()
  if once_in(10) then return one_of(others)() end
  local f = one_of(functions)
  if takes_long(f) and not once_in(100) then f = one_of(functions) end
  if takes_long(f) and not once_in(100) then return end
  call(f, 0)
end

local results = {}
for k = 1, calls do
  local ok, message = pcall(action)
  if ended then break end
  local fault = not ok and fault_of(message)
  if fault then return fault end
  if tracing and not ok then io.stderr:write("  ", tostring(message), "\n") end
  results[k] = ok
end
ended = true -- what is made while Lua is closed has no finalizer any more, and would be lost
if tracing then
  local good = 0
  for _, ok in ipairs(results) do good = good + (ok and 1 or 0) end
  io.stderr:write(#results, " calls, ", good, " without an error\n")
end
