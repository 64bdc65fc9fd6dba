-- Animations: which spikes a frame shows, where, in which colours; files whole or not at all; what is refused.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local path = os.tmpname()
os.remove(path)

-- The bytes of the GIF of an animation.
local function draw(source, options)
  izh.animate(source, options):save(path .. ".gif")
  local bytes = check.content(path .. ".gif")
  os.remove(path .. ".gif")
  return bytes
end

-- Its images: { left, top, width, height, delay }, by the blocks of the file.
local function images(bytes)
  local list, at, delay = {}, 14, nil
  equal(bytes:sub(1, 6), "GIF89a")
  local function skip_blocks()
    while bytes:byte(at) > 0 do at = at + bytes:byte(at) + 1 end
    at = at + 1
  end
  while bytes:byte(at) ~= 0x3B do
    if bytes:byte(at) == 0x21 then
      if bytes:byte(at + 1) == 0xF9 then delay = ("<I2"):unpack(bytes, at + 4) end
      at = at + 2
    else
      local left, top, width, height, flags = ("<I2I2I2I2B"):unpack(bytes, at + 1)
      list[#list + 1] = { left, top, width, height, delay = delay }
      at = at + 10 + (flags >= 0x80 and 3 * (2 << (flags & 7)) or 0) + 1
    end
    skip_blocks()
  end
  equal(at, #bytes, "the end")
  return list
end

local net = izh.network{ seed = 2 }
local E = net:population("E", 6, "RS")
local I = net:population("I", 3, "FS", { color = "teal" })
net:connect(E, net, { weight = 1 })
net:connect(I, net, { weight = -1 })
net:stimulate(E{ 2, 3 }, izh.current(20))
net:stimulate(I, izh.current(10))
net:run(100)

local line = {}
for id = 1, 9 do line[id] = { 10 * id, id % 2 } end

-- Frames: as many as there are, of the time that fps says; the same bytes twice.
local all = images(draw(net, { every = 5, fps = 10 }))
equal(#all, 20)
equal(all[1].delay, 10)
equal(all[1][3], 526, "89 mm at 150 dpi")
equal(#images(draw(net, { every = 5, from = 50 })), 10)
equal(#images(draw(net, { every = 30 })), 3)
equal(#images(draw(net)), 100)
equal(images(draw(net, { every = 50, width = 20, dpi = 254, text_size = 5 }))[1][3], 200)
equal(draw(net, { every = 10, positions = line }), draw(net, { every = 10, positions = function(id) return 10 * id, id % 2 end }))
equal(draw(net, { every = 10, positions = line }), draw(net, { every = 10, positions = function(id) return line[id] end }))
check.truth(draw(net, { every = 10, positions = line }) ~= draw(net, { every = 10 }), "positions")

-- A spike is in the frame whose time it is in, as everywhere: t - every < spike ≤ t.
do
  local spikes = izh.spikes{ times = { 10, 10.5, 31 }, senders = { 1, 2, 1 }, neurons = 2, from = 0, to = 40 }
  local frames = images(draw(spikes, { every = 10, axes = false }))
  equal(#frames, 4)
  -- the first changes nothing but the time and neuron 1; in the third there is no spike
  local quiet = images(draw(izh.spikes{ times = {}, senders = {}, neurons = 2, from = 0, to = 40 }, { every = 10, axes = false }))
  for k = 2, 4 do
    check.truth(frames[k][4] > quiet[k][4], "frame " .. k .. " shows that neurons changed")
    check.truth(quiet[k][4] < 20, "without spikes only the time changes")
  end
  -- with a window of 20 ms the spike of 31 ms is alone in the fourth frame, those of 10 and 10.5 ms in the second
  check.truth(draw(spikes, { every = 10, window = 20 }) ~= draw(spikes, { every = 10 }), "window")
end

-- Numbered files: whole PNGs, as many as frames; each shows what the frame of a GIF does.
izh.animate(net, { every = 25, dpi = 72 }):save(path .. "*.png")
for k = 1, 4 do
  local name = ("%s%04d.png"):format(path, k)
  local bytes = check.content(name)
  equal(bytes:sub(1, 8), "\137PNG\r\n\26\n")
  equal((">I4"):unpack(bytes, 17), 252, "width")
  check.truth(bytes:find("animations.lua, SHA-256", 1, true), "what made it")
  os.remove(name)
end
equal(io.open(path .. "0005.png"), nil)

-- Colours are those of the populations; every option of all panels is one of animations.
local function svg_like(options) return draw(net, options) end
local plain = svg_like{ every = 50, positions = line }
for _, options in ipairs{
  { color = "red" }, { colors = { E = "lime" } }, { xlim = { 0, 50 } }, { ylim = { -3, 3 } }, { xlabel = "x" }, { ylabel = "y" },
  { xticks = { 10, 20 } }, { yticks = { 0, 1 } }, { title = "a title" }, { legend = "right" }, { legend = false }, { size = 2 },
  { lines = { { x = 30 } } }, { bands = { { x = { 20, 40 } } } }, { text = { { 30, 0.5, "here" } } }, { axes = "bars" },
  { arrows = { { 20, 0, 40, 1 } } }, { note = "a note" }, { of = E }, { of = { I, E } }, { of = { 1, 2, 3 } }, { style = "slide" },
  { xminor = 5 }, { yminor = 1 }, { axes = false },
} do
  local name = next(options)
  options.every, options.positions = 50, line
  check.truth(svg_like(options) ~= plain, "the option " .. name)
end

-- An animation shows the spikes up to when it was made, and can be saved twice.
do
  local animation = izh.animate(net, { every = 50 })
  equal(tostring(animation), "animation of 9 neurons: 2 frames in 0 < t ≤ 100 ms")
  animation:save(path .. ".gif")
  local first = check.content(path .. ".gif")
  net:run(50)
  animation:save(path .. ".gif")
  equal(check.content(path .. ".gif"), first)
  os.remove(path .. ".gif")
end

-- Recordings: the last sample that is not later than a frame, in colours; the range is that of all frames.
do
  local cells = izh.network{ seed = 1 }
  local P = cells:population("P", 4, "RS")
  cells:stimulate(P{ 1 }, izh.current(10))
  local recording = cells:record(P, { "v", "u" }, { every = 1 })
  cells:run(60)
  equal(tostring(izh.animate(recording, { every = 20 })), "animation of 4 neurons: 3 frames in 0 < t ≤ 60 ms")
  local first = draw(recording, { every = 20 })
  equal(#images(first), 3)
  equal(first, draw(recording, { every = 20, variable = "v" }))
  for _, options in ipairs{ { variable = "u" }, { clim = { -100, 100 } }, { colormap = "magma" }, { positions = line }, { from = 20 } } do
    local name = next(options)
    options.every = 20
    check.truth(draw(recording, options) ~= first, "the option " .. name)
  end
  local function refused(message, options) raises("animate: " .. message, function() izh.animate(recording, options) end) end
  refused('unknown variable "w" (did you mean "u"?)', { variable = "w" })
  refused('of is for spikes; of a recording all its neurons are shown', { of = P })
  refused('color is for spikes; of a recording all its neurons are shown', { color = "red" })
  refused('axes must be true or false beside a scale of colours (got "bars")', { axes = "bars" })
  local mean = cells:record(P, { "v" }, { of = "mean" })
  cells:run(10)
  raises('has no neurons one by one: net:record(E, "v") has', function() izh.animate(mean) end)
end

local function of(options) return function() izh.animate(net, options) end end
for message, f in pairs{
  ['every must be a number > 0 in ms (got 0)'] = of{ every = 0 },
  ['every = 200 ms is longer than what there is to show, 0 … 150 ms'] = of{ every = 200 },
  ['150000 frames are too many; at most 10000 are drawn: a larger every, or from and to'] = of{ every = 0.001 },
  ['positions must be a table or a function of ids that gives { x, y } (got 3)'] = of{ positions = 3 },
  ['positions[2] must be { x, y } (got nothing)'] = of{ positions = { { 1, 1 } } },
  ['x of positions[1] must be a finite number (got "a")'] = of{ positions = { { "a", 1 } } },
  ['y of positions(1) must be a finite number (got nothing)'] = of{ positions = function() return 1 end },
  ['y of positions(1) must be a finite number (got NaN)'] = of{ positions = function() return { 1, 0 / 0 } end },
  ['fps must be a number 1 … 50 (got 100)'] = of{ fps = 100 },
  ['clim is for a recording: izh.animate(recording, { variable = "v" })'] = of{ clim = { 0, 1 } },
  ['unknown option "evry" (did you mean "every"?)'] = of{ evry = 5 },
  ['unknown option "marks" (known: '] = of{ marks = {} },
  ['what izh.animate shows must be a network, spikes or a recording (got 5)'] = function() izh.animate(5) end,
  ['a population is drawn by its spikes: izh.animate(net:spikes{ of = E })'] = function() izh.animate(E) end,
  ['the network has not run, so there is nothing to draw: net:run(1000)'] = function()
    local new = izh.network{}
    new:population("E", 1, "RS")
    izh.animate(new)
  end,
} do
  raises("animate: " .. message, f)
end
local animation = izh.animate(net, { every = 100 })
for _, name in ipairs{ "wave.mp4", "frames.png", "a*b*.png", "frames*/a.png", "*.gif" } do
  raises(('save: the file name must end in .gif, or in .png with one * for the number of each frame, as "frames/*.png": "%s"')
    :format(name), function() animation:save(name) end)
end
raises('save: cannot write "' .. path .. '/no/a.gif": No such file or directory', function() animation:save(path .. "/no/a.gif") end)
raises('save: the path must be a file name ending in .gif, or as "frames/*.png" (got nothing)', function() animation:save() end)
raises('animation: unknown member "play" (known: save)', function() animation:play() end)
