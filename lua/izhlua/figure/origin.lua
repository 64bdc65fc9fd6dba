-- What a figure carries of the run that made it: the script, the files that this has used, and a text that says how it
-- was called. docs/figures.md has the form of the text; the program reads it (host/origin.c).
local core = require "izhlua.core"
local sorted_keys = require "izhlua.sorted_keys"

local origin = {}

local TEXT = "izhlua-figure.txt"
local MOST = 256 * 1024          -- bytes of all files together
local SUMMED = 64 * 1024 * 1024  -- of larger files only the size is known, as a sum would take too long

-- A path without "", "." and, as far as they can be resolved, "..".
local function normal(path)
  local parts = {}
  for part in path:gmatch "[^/]+" do
    if part == ".." and #parts > 0 and parts[#parts] ~= ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return (path:sub(1, 1) == "/" and "/" or "") .. table.concat(parts, "/")
end

local function leads_out(path)
  return path == "" or path:find "^/" or path == ".." or path:find "^%.%./"
end

-- Where a file is for whoever runs the script again: { name =, beside = relative to the folder of the script, and not to
-- the current one }. `outside`: neither, so there is only the last part of its name.
local function place_of(path, folder)
  path = normal(path)
  local place = { name = path }
  if folder ~= "" and path:sub(1, #folder + 1) == folder .. "/" then
    place = { name = path:sub(#folder + 2), beside = true, through = not leads_out(path) }
  end
  if leads_out(place.name) then place = { name = path:match "[^/]*$", outside = true } end
  if not utf8.len(place.name) or place.name:find "%c" or place.name == TEXT then place.outside = true end
  return place
end

local function module_place(file)
  local name = file.module:gsub("%.", "/")
  local inner = file.path:find "/init%.lua$" and not name:find "init$"
  return place_of(name .. (inner and "/init.lua" or ".lua"), "")
end

-- How a file is given to whoever runs the script again.
local function form_of(file, left)
  if file.outside then return "outside" end
  if not file.same then return "changed" end
  return file.size <= left and "attached" or "large"
end

-- The files with their places, in order of name; each name once. A module is found beside the script, wherever it was.
local function placed(from, folder, used)
  local files, known = {}, {}
  for _, file in ipairs(used) do
    local place = file.module and module_place(file) or place_of(file.path, folder)
    place.beside = place.beside or file.module ~= nil
    place.path, place.size, place.same = file.path, file.size, file.same
    files[#files + 1] = place
  end
  local script = place_of(from.script:match "[^/]*$", "")
  script.bytes, script.size, script.same, script.beside, script.path = from.bytes, #from.bytes, true, true, ""
  files[#files + 1] = script
  table.sort(files, function(a, b)
    if a.name ~= b.name then return a.name < b.name end
    return a.path < b.path
  end)
  local list = {}
  for _, file in ipairs(files) do
    if not known[file.name] then list[#list + 1] = file end
    known[file.name] = true
  end
  return list, script
end

-- The folders, in order of name, that a figure at a path and what else was written are in; `outside`: the figure is
-- neither below the folder of the script nor below the current one.
local function folders_of(path, folder, written)
  local names, list, places = {}, {}, { place_of(path, folder) }
  for i, one in ipairs(written) do places[i + 1] = place_of(one, folder) end
  for _, place in ipairs(places) do
    local name = not place.outside and place.name:match "^(.+)/[^/]*$"
    if name then names[name] = place end
  end
  for _, name in ipairs(sorted_keys(names)) do list[#list + 1] = { name = name, beside = names[name].beside, through = names[name].through } end
  return list, places[1].outside
end

local function escaped(text)
  text = text:gsub("[%c%%]", function(byte) return ("%%%02X"):format(byte:byte()) end)
  if utf8.len(text) then return text end
  return (text:gsub("[\x80-\xff]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

local function sum_of(file)
  if file.bytes then return core.sha256(file.bytes) end
  return file.same and file.size <= SUMMED and core.file_sha256(file.path) or "-"
end

-- Reads what is to be attached: the script first, the others in order of name, as far as there is room. What cannot be
-- read, or has changed since its size was taken, counts as changed.
local function read_all(files, script)
  local left = MOST
  local function take(file)
    file.form = form_of(file, left)
    if file.form ~= "attached" then return end
    file.bytes = file.bytes or core.file_bytes(file.path)
    if file.bytes and #file.bytes == file.size then
      left = left - file.size
    else
      file.bytes, file.form = nil, "changed"
    end
  end
  take(script)
  for _, file in ipairs(files) do
    if file ~= script then take(file) end
  end
end

-- When the script has come through the name of its own folder to a file, it must be found in this folder again.
local function settle(folder, ...)
  local through = false
  for _, list in ipairs{ ... } do
    for _, place in ipairs(list) do through = through or place.through end
  end
  for _, list in ipairs(through and { ... } or {}) do
    for _, place in ipairs(list) do
      if place.beside then place.name = folder .. "/" .. place.name end
    end
  end
end

-- The attachments of a figure that is saved at a path, { name, bytes } each, in order of name; nil when there is no script
-- to be run again, or there is a prompt after it: nobody knows what was typed there. words: of the command line, in which `true` stands for the script.
function origin.attachments(path, from, words, author)
  if not from.bytes then return nil end
  for _, word in ipairs(words) do
    if word == "-i" then return nil end
    if word == true then break end
  end
  local folder = normal(from.script:match "^(.*)/[^/]*$" or (from.script:find "^/" and "/" or ""))
  local used, written = core.used_files()
  local files, script = placed(from, folder, used)
  local folders, outside = folders_of(path, folder, written)
  settle(folder, files, folders)
  read_all(files, script)
  local lines, list = {}, {}
  local function say(...) lines[#lines + 1] = table.concat({ ... }, " ") end
  say("izhlua", core.version)
  if outside then say "outside" end
  for _, one in ipairs(folders) do say("folder", escaped(one.name)) end
  if author then say("author", escaped(author)) end
  for _, word in ipairs(words) do
    if word == true then say("script", escaped(script.name)) else say("word", escaped(word)) end
  end
  for _, file in ipairs(files) do
    say("file", file.form, sum_of(file), file.size, escaped(file.name))
    if file.form == "attached" then list[#list + 1] = { file.name, file.bytes } end
  end
  list[#list + 1] = { TEXT, table.concat(lines, "\n") .. "\n" }
  table.sort(list, function(a, b) return a[1] < b[1] end)
  return list
end

return origin
