-- net:raster(path, options) saves a raster on a page of its own; net:raster(options) prints one.
local core = require "izhlua.core"
local check = require "izhlua.options"
local page = require "izhlua.figure.page"
local panel = require "izhlua.figure.panel"

local page_options = { "width", "height", "dpi", "author", "text_size", "attach" }

-- The options that a raster in characters takes; it would ignore the others without a word.
local in_characters = { "title", "marks", "from", "to", "xlim", "rate", "of", "order", "neurons", "ylabel" }

-- Prints a raster in characters, which have room for only some neurons.
local function print_raster(net, options)
  options = panel.known("raster", "raster", options)
  for _, name in ipairs(panel.options("raster")) do
    if options[name] ~= nil and not check.place(in_characters, name) then
      core.raise("raster", ("a raster in characters has no %s, a file has: net:raster(\"raster.pdf\", { %s = … })"):format(name, name))
    end
  end
  local all = setmetatable({}, { __index = options })
  if options.neurons == nil and type(options.order) ~= "table" then all.neurons = core.text_rows end
  _G.print(core.raster_text("raster", (panel.make("raster", net, all))))
end

return function(net, path, options, ...)
  if not core.is_network(net) then core.no_self("raster", "a network", "net", net) end
  core.no_more("raster", ...)
  if path == nil or (type(path) == "table" and options == nil) then
    return print_raster(net, path == nil and options or path)
  end
  options = panel.known("raster", "raster", options, page_options)
  page.save("raster", page.new("raster", options, 1), { (panel.make("raster", net, options)) }, path)
end
