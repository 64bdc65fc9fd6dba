-- Colours as a script writes them: "#d55e00", a name of Okabe and Ito's palette, or of CSS.
local core = require "izhlua.core"
local sorted_keys = require "izhlua.sorted_keys"

local GIVEN = 0x1000000 -- IZH_COLOUR_GIVEN in src/figure/plot.h

local colours = {}

-- The eight of Okabe and Ito (2008), then the basic and some common ones of CSS. Where both have a name, it is theirs.
local named = {
  orange = 0xE69F00, ["sky blue"] = 0x56B4E9, ["bluish green"] = 0x009E73, yellow = 0xF0E442, blue = 0x0072B2,
  vermillion = 0xD55E00, ["reddish purple"] = 0xCC79A7, black = 0x000000,
  grey = 0x808080, gray = 0x808080, silver = 0xC0C0C0, white = 0xFFFFFF, red = 0xFF0000, maroon = 0x800000,
  green = 0x008000, lime = 0x00FF00, olive = 0x808000, navy = 0x000080, teal = 0x008080, aqua = 0x00FFFF,
  cyan = 0x00FFFF, purple = 0x800080, fuchsia = 0xFF00FF, magenta = 0xFF00FF, brown = 0xA52A2A, pink = 0xFFC0CB,
  gold = 0xFFD700, crimson = 0xDC143C, tomato = 0xFF6347, coral = 0xFF7F50, salmon = 0xFA8072, orangered = 0xFF4500,
  darkorange = 0xFF8C00, chocolate = 0xD2691E, steelblue = 0x4682B4, royalblue = 0x4169E1, dodgerblue = 0x1E90FF,
  skyblue = 0x87CEEB, darkblue = 0x00008B, indigo = 0x4B0082, violet = 0xEE82EE, orchid = 0xDA70D6, plum = 0xDDA0DD,
  turquoise = 0x40E0D0, seagreen = 0x2E8B57, forestgreen = 0x228B22, darkgreen = 0x006400, darkred = 0x8B0000,
  firebrick = 0xB22222, slategray = 0x708090, slategrey = 0x708090, darkgray = 0xA9A9A9, darkgrey = 0xA9A9A9,
  lightgray = 0xD3D3D3, lightgrey = 0xD3D3D3, dimgray = 0x696969, dimgrey = 0x696969,
}
local names = sorted_keys(named)

-- A colour for C; nil for nil.
function colours.read(func, what, value)
  if value == nil then return nil end
  if type(value) ~= "string" then core.wrong(func, what, "a colour such as \"#d55e00\" or \"blue\"", value) end
  if value:sub(1, 1) ~= "#" then
    if not named[value] then core.unknown(func, what, value, names) end
    return GIVEN | named[value]
  end
  local hex = value:match("^#(%x%x%x%x%x%x)$")
  if not hex and value:match("^#%x%x%x$") then hex = value:sub(2):gsub("%x", "%0%0") end
  if not hex then core.wrong(func, what, "a colour such as \"#d55e00\" or \"blue\"", value) end
  return GIVEN | tonumber(hex, 16)
end

return colours
