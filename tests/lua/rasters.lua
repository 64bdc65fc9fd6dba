-- Options of rasters: the form of their dots, which neurons, in which order.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local path = os.tmpname()
os.remove(path)
local pdf = path .. ".pdf"

local function content(file)
  local handle = assert(io.open(file, "rb"))
  local bytes = handle:read("a")
  handle:close()
  return bytes
end

local net = izh.network{ seed = 3 }
local E = net:population("E", 80, "E2003")
local I = net:population("I", 20, "I2003")
net:connect(E, net, { rule = "all_to_all", weight = 0.5 })
net:connect(I, net, { rule = "all_to_all", weight = -1 })
net:stimulate(net, izh.noise{ sd = 6 })
net:run(300)

-- Dots: paths while they are few, an image when it is asked for; axes and text stay vector.
do
  local function has_image(options)
    net:raster(pdf, options)
    local bytes = content(pdf)
    check.truth(bytes:find("/FontFile", 1, true), "text is text")
    return bytes:find("/Subtype /Image", 1, true) ~= nil
  end
  equal(has_image{}, false)
  equal(has_image{ dots = "auto" }, false)
  equal(has_image{ dots = "vector" }, false)
  equal(has_image{ dots = "image" }, true)
  net:raster(path .. ".svg", { dots = "image" })
  check.truth(content(path .. ".svg"):find("<image", 1, true), "an SVG has an image")
  os.remove(path .. ".svg")
end
raises('raster: unknown dots "vectr" (did you mean "vector"?)', function() net:raster(pdf, { dots = "vectr" }) end)
raises("raster: dots must be one of auto, vector, image (got true)", function() net:raster(pdf, { dots = true }) end)

os.remove(pdf)
