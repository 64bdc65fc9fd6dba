-- Writes the reference of the site from lua/izhlua/meta.lua: a page for each function, and an index. A function without an
-- example, in docs/reference.lua or in examples, is an error.
--   izhlua scripts/reference.lua folder
local folder = assert(arg[1], "usage: izhlua scripts/reference.lua folder")

local function lines_of(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

-- "izhlua.Found[] the rest" → type, rest. A type may have spaces within (), {} and <>.
local function split_type(text)
  local i, depth = 1, 0
  while i <= #text do
    local c = text:sub(i, i)
    if c:find "[%({<%[]" then depth = depth + 1 elseif c:find "[%)}%]]" or (c == ">" and depth > 0) then depth = depth - 1 end
    local joined = text:sub(i - 1, i - 1):find "[:|,]" or text:find("^%s*[|]", i) -- fun(…): number
    if c == " " and depth == 0 and not joined then break end
    i = i + 1
  end
  return text:sub(1, i - 1), (text:sub(i + 1):gsub("^# *", ""))
end

-- Classes by name, { about, parents, fields }; functions in order, { name, text, params, returns }.
local function read(path)
  local classes, functions, class, docs = {}, {}, nil, { params = {}, returns = {}, text = {} }
  for _, line in ipairs(lines_of(path)) do
    local tag, rest = line:match "^%-%-%-@(%w+) (.*)"
    if tag == "class" then
      local name, parents, about = rest:match "^([%w_.]+):? ?([%w_., ]*)(.*)"
      if not rest:find "^[%w_.]+:" then about, parents = rest:match "^[%w_.]+ ?(.*)", "" end
      class = { about = about, fields = {}, parents = {} }
      for parent in parents:gmatch "izhlua[%w_.]*" do table.insert(class.parents, parent) end
      classes[name] = class
      docs = { params = {}, returns = {}, text = docs.text }
    elseif tag == "field" and class then
      local name, more = rest:match "^(%S+) (.*)"
      local kind, about = split_type(more)
      table.insert(class.fields, { name = name, kind = kind, about = about })
    elseif tag == "param" then
      local name, more = rest:match "^(%S+) (.*)"
      local kind, about = split_type(more)
      table.insert(docs.params, { name = name, kind = kind, about = about })
    elseif tag == "return" then
      local kind, about = split_type(rest)
      table.insert(docs.returns, { kind = kind, about = about })
    elseif line:find "^function " then
      docs.name, docs.arguments = line:match "^function ([%w_.:]+)(%b())"
      table.insert(functions, docs)
      docs = { params = {}, returns = {}, text = {} }
    elseif line:find "^%-%-%-[^@|]" then
      table.insert(docs.text, (line:sub(4):gsub("^ ", "")))
    elseif not line:find "^%-%-%-" then
      class, docs = nil, { params = {}, returns = {}, text = {} }
    end
  end
  return classes, functions
end

local function escape(text) return (text:gsub("|", "\\|"):gsub("<", "&lt;"):gsub("\n", " ")) end
local function code(text) return "`" .. text:gsub("izhlua%.", ""):gsub("|", " or ") .. "`" end

local function table_of(heads, rows)
  local out = { "| " .. table.concat(heads, " | ") .. " |", "|" .. ("---|"):rep(#heads) }
  for _, row in ipairs(rows) do out[#out + 1] = "| " .. table.concat(row, " | ") .. " |" end
  return table.concat(out, "\n") .. "\n"
end

-- The fields of a class, with those of its parents.
local function fields_of(classes, name, rows)
  local class = classes[name]
  if not class then return rows end
  for _, field in ipairs(class.fields) do
    rows[#rows + 1] = { code((field.name:gsub("%?$", ""))), code(field.kind), escape(field.about) }
  end
  for _, parent in ipairs(class.parents) do fields_of(classes, parent, rows) end
  return rows
end

-- The examples of docs/reference.lua by name; in .before, the lines that all of them come after.
local function read_examples()
  local found, name = { before = {} }, "before"
  for _, line in ipairs(lines_of "docs/reference.lua") do
    local next_name = line:match "^%-%-%- (%S+)$"
    if next_name then
      name, found[next_name] = next_name, {}
    else
      table.insert(found[name], line)
    end
  end
  for key, lines in pairs(found) do found[key] = table.concat(lines, "\n") end
  return found
end
local examples = read_examples()

-- The line of a script of examples that calls it, and which script.
local function uses(name)
  local short = name:match "[%w_]+$"
  local pattern = (name:find ":" and ":" or "izh%.[%w_.]*") .. short .. "%f[^%w_]"
  for _, path in ipairs{ "seed", "raise_inhibition", "what_if", "dose", "why", "analysis", "net2003", "three_questions",
                         "pacemaker", "patterns", "cells2007", "ei_balance", "excitatory_drive", "fi_curve" } do
    for _, line in ipairs(lines_of("examples/" .. path .. ".lua")) do
      if line:find(pattern) and not line:find "^%s*%-%-" then return path, line:gsub("^%s+", "") end
    end
  end
end

local function shown_name(name) return name:find "^[A-Z]" and name:gsub("^%u", string.lower) or name end

local function page(classes, f)
  local out = { "# " .. shown_name(f.name) .. "\n", "```lua\n" .. shown_name(f.name) .. f.arguments .. "\n```\n" }
  out[#out + 1] = table.concat(f.text, " ") .. "\n"
  local rows = {}
  for _, p in ipairs(f.params) do rows[#rows + 1] = { code((p.name:gsub("%?$", ""))), code(p.kind), escape(p.about) } end
  if #rows > 0 then out[#out + 1] = "## Arguments\n\n" .. table_of({ "name", "type", "what it is" }, rows) end
  for _, p in ipairs(f.params) do
    for name in p.kind:gmatch "izhlua[%w_.]*" do
      rows = name:find "Options" and fields_of(classes, name, {}) or {}
      if #rows > 0 then
        out[#out + 1] = "## Options\n\n" .. table_of({ "option", "type", "unit, range and default" }, rows)
      end
    end
  end
  rows = {}
  for _, r in ipairs(f.returns) do rows[#rows + 1] = "- " .. code(r.kind) .. (r.about ~= "" and ": " .. r.about or "") end
  if #rows > 0 then out[#out + 1] = "## Returns\n\n" .. table.concat(rows, "\n") .. "\n" end
  local example, script, line = examples[shown_name(f.name)], nil, nil
  if not example then script, line = uses(f.name) end
  assert(example or script, "docs/reference.lua has no example of " .. shown_name(f.name))
  examples[shown_name(f.name)] = nil
  out[#out + 1] = ("## Example\n\n```lua\n%s\n```\n"):format(example or line)
  if example then
    out[#out + 1] = "It comes after [these lines](index.md#before-the-examples).\n"
  else
    out[#out + 1] = ("From [%s.lua](../examples/%s.lua).\n"):format(script, script)
  end
  out[#out + 1] = "An argument that is not as described is an error with the file and line of the script.\n"
  return table.concat(out, "\n")
end

local classes, functions = read "lua/izhlua/meta.lua"
local groups = {} -- the lines of the index, by what the functions belong to, in the order of meta.lua
for _, f in ipairs(functions) do
  local name = shown_name(f.name)
  local file, group = name:gsub("[:.]", "-") .. ".md", name:match "^[%w_]+"
  if not groups[group] then
    groups[group] = { "\n## " .. group .. "\n" }
    table.insert(groups, groups[group])
  end
  table.insert(groups[group], ("- [`%s`](%s) %s"):format(name, file, f.text[1] or ""))
  local out = assert(io.open(folder .. "/" .. file, "w"))
  out:write(page(classes, f))
  assert(out:close())
end
local out = assert(io.open(folder .. "/index.md", "w"))
out:write "# Reference\n\nUnits: times in ms, v in mV, rates in Hz; ids start at 1.\n"
out:write("\n## Before the examples\n\n```lua\n", (examples.before:gsub("^%-%-[^\n]*\n%-%-[^\n]*\n", "")), "```\n")
for _, lines in ipairs(groups) do out:write(table.concat(lines, "\n"), "\n") end
assert(out:close())
examples.before = nil
local left = next(examples)
assert(not left, ("docs/reference.lua has an example of %s, which is no function"):format(left))
