-- What the file of a figure says about its origin: title, author, script, seed, command line. Nothing depends on the
-- folder or on the time, so the same run gives the same bytes.
local core = require "izhlua.core"
local origin = require "izhlua.figure.origin"

local most_seeds = 10

-- Makes a text fit for metadata: UTF-8 without control characters, and without the codes that will never be characters
-- (U+FFFE …), which neither XML nor cairo accepts. File names, titles and arguments may have them.
local function clean(text)
  if not utf8.len(text) then text = text:gsub("[\x80-\xff]", "?") end
  text = text:gsub(utf8.charpattern, function(character)
    local code = utf8.codepoint(character)
    if code & 0xFFFE == 0xFFFE or code >= 0xFDD0 and code <= 0xFDEF then return "?" end
  end)
  return (text:gsub("%c", " "))
end

local function base_name(path)
  return path:match("[^/]+$") or path
end

-- Quotes a word for a shell, if needed.
local function quoted(word)
  if word ~= "" and not word:find("[^%w%-_=+.,:/@%%]") then return word end
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

-- Options that cannot change a spike, and those of them that take a value.
local idle = {
  ["--open"] = true, ["--live"] = true, ["--watch"] = true, ["--threads"] = true, ["--sandbox"] = true, ["--memory"] = true, ["--time"] = true,
  ["--shard"] = true, ["--mpi"] = true,
}
local valued = { ["--threads"] = true, ["--memory"] = true, ["--time"] = true, ["--shard"] = true }

-- The words of the command line after the program, without those options; true stands for the script.
local function words_of(from)
  local words, arguments, i = {}, from.arguments, 1
  local script = from.script_at or math.huge
  while i <= #arguments do
    local word = arguments[i]
    if i < script and idle[word:match("^[^=]+")] then
      if valued[word] then i = i + 1 end
    else
      words[#words + 1] = i == script or word
    end
    i = i + 1
  end
  return words
end

local function command_line(from, words)
  local texts = { "izhlua" }
  for i, word in ipairs(words) do texts[i + 1] = quoted(clean(word == true and base_name(from.script) or word)) end
  return table.concat(texts, " ")
end

local function seed_list(panels)
  local seeds, known = {}, {} -- in the order of the panels
  for _, panel in ipairs(panels) do
    local seed = panel.seed
    if seed and not known[seed] then
      known[seed] = true
      seeds[#seeds + 1] = #seeds < most_seeds and tostring(seed) or "…"
      if #seeds > most_seeds then break end
    end
  end
  if #seeds == 0 then return nil end
  return (#seeds == 1 and "seed " or "seeds ") .. table.concat(seeds, ", ")
end

-- The parameters that izh.parameters has given to the script, defaults included.
local function parameter_list()
  local module, texts = package.loaded["izhlua.parameters"], {}
  for i, one in ipairs(module and module.used() or {}) do texts[i] = ("%s = %s"):format(one.name, clean(one.text)) end
  return #texts > 0 and table.concat(texts, ", ") or nil
end

-- The fields of izh_document for a figure with these panels on a page, which is saved at a path. title comes from the
-- script, or is nil.
return function(panels, page, path, title)
  local from, author = core.provenance(), page.author
  local sha256, words = from.bytes and core.sha256(from.bytes), words_of(from)
  local script = from.script and clean(base_name(from.script))
  local subject = {}
  if script then subject[1] = sha256 and ("%s, SHA-256 %s"):format(script, sha256) or script end
  subject[#subject + 1] = seed_list(panels)
  subject[#subject + 1] = parameter_list()
  local environment = os.getenv "IZHLUA_AUTHOR"
  local named = not author and environment ~= "" and environment or nil -- the author that the environment says
  author = author or named
  return {
    document_title = title and clean(title) or script,
    author = author and clean(author),
    subject = #subject > 0 and table.concat(subject, ", ") or nil,
    keywords = command_line(from, words),
    attachments = page.attach and origin.attachments(path, from, words, named) or nil,
  }
end
