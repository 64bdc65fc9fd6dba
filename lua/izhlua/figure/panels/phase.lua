-- The phase plane of a cell: izh.phase(cell, { current =, … }). On its nullclines v' = 0 or u' = 0. A fixed point is
-- where they cross; it is stable when the Jacobian there has a negative trace and a positive determinant.
local core = require "izhlua.core"
local bisect = require "izhlua.bisect"
local models = require "izhlua.models"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local cells = require "izhlua.cells"
local sorted_keys = require "izhlua.sorted_keys"
local LOOK, INK = panel.LOOK, panel.INK

local POINTS = 400 -- so many steps a nullcline has

-- --- the cell ------------------------------------------------------------------------------------------------------

local function read_cell(func, cell)
  if type(cell) == "string" then
    local names = sorted_keys(cells)
    if not rawget(cells, cell) then core.unknown(func, "cell", cell, names) end
    cell = cells[cell]
  end
  if type(cell) ~= "table" then core.wrong(func, "the cell", "a name in izh.cells or a table", cell) end
  if cell.each ~= nil then
    core.raise(func, "this cell is a family (it has `each`); give the parameters of one: { a =, b =, c =, d = }")
  end
  local model = models.of(cell)
  if not model then
    local known = {}
    for i, one in ipairs(models) do known[i] = one.name end
    core.unknown(func, "model", tostring(cell.model), known)
  end
  if not model.state[2] then core.raise(func, ("%s has no u, and so no phase plane"):format(model.name)) end
  for _, quantity in ipairs(model.quantities) do
    local value = cell[quantity.name]
    if (quantity.required or value ~= nil) and not check.finite(value) then
      core.wrong(func, "parameter " .. quantity.name, "a number", value)
    end
  end
  local reset, jump = model.reset(cell, model.peak(cell, 0), 0)
  return {
    peak = model.peak(cell, 0), reset = reset, jump = jump, unit = model.unit,
    slope = function(v, u, I) return model.slope(cell, v, u, I) end,
    vnull = function(v, I) return model.v_nullcline(cell, v, I) end,
    unull = function(v) return model.u_nullcline(cell, v) end,
  }, cell
end

-- --- fixed points --------------------------------------------------------------------------------------------------

local function is_stable(m, I, v, u)
  local h = 1e-4
  local function derivative(of_v, of_u)
    local dv2, du2 = m.slope(v + of_v, u + of_u, I)
    local dv1, du1 = m.slope(v - of_v, u - of_u, I)
    return (dv2 - dv1) / (2 * h), (du2 - du1) / (2 * h)
  end
  local vv, uv = derivative(h, 0) -- derivatives of v' and u' by v
  local vu, uu = derivative(0, h) -- and by u
  return vv + uu < 0 and vv * uu - vu * uv > 0
end

local function fixed_points(m, I, lo, hi)
  local found, steps = {}, 2000
  -- -u' on the nullcline of v
  local function f(v)
    local _, du = m.slope(v, m.vnull(v, I), I)
    return -du
  end
  for k = 0, steps - 1 do
    local a, b = lo + (hi - lo) * k / steps, lo + (hi - lo) * (k + 1) / steps
    if (f(a) > 0) ~= (f(b) > 0) then
      local v = bisect(f, a, b)
      local u = m.unull(v)
      if u ~= u then u = m.vnull(v, I) end -- u' does not depend on u
      found[#found + 1] = { v = v, u = u, stable = is_stable(m, I, v, u) }
    end
  end
  return found
end

-- The nullcline of u: a curve over v. If u' does not depend on u, a vertical line at the v where u' = 0.
local function u_nullcline(m, vlo, vhi, ulo, uhi, sampled)
  if m.unull(vlo) == m.unull(vlo) then return sampled(m.unull, vlo, vhi) end
  local v = bisect(function(v) return select(2, m.slope(v, 0, 0)) end, vlo, vhi)
  return { v, v }, { ulo, uhi }
end

-- --- trajectories --------------------------------------------------------------------------------------------------

-- The path of v and u, which goes up to the peak at each spike and then has a gap; and the points after the resets.
local function trajectory(recording, k, peak, jump)
  local t, spikes = recording:times(), recording:spikes(k)
  local v, u = recording:values("v", k), recording:values("u", k)
  local path, resets, spike = { v = {}, u = {} }, { v = {}, u = {} }, 1
  local function add(list, x, y) list.v[#list.v + 1], list.u[#list.u + 1] = x, y end
  for i = 1, #t do
    local fired = false
    while spike <= #spikes and spikes[spike] <= t[i] do
      fired, spike = true, spike + 1
    end
    if fired and i > 1 then
      add(path, peak, math.max(u[i - 1], u[i] - jump)) -- u before it jumped
      add(path, 0 / 0, 0 / 0)
      add(resets, v[i], u[i])
    end
    add(path, math.min(v[i], peak), u[i])
  end
  return path, resets
end

local function simulate(cell, o)
  if o.time == 0 then return nil end
  local net = core.network{ dt = o.dt, integrator = o.integrator }
  local one = net:population("cell", 1, cell)
  net:stimulate(one, core.current(o.current))
  local recording = net:record(one, { "v", "u" }, { every = net.dt })
  net:run(math.floor(o.time / net.dt + 0.5) * net.dt)
  return recording, 1
end

local function recorded(func, o)
  local recording, place = o.recording, 1
  if core.kind(recording) ~= "recording" then core.wrong(func, "recording", "a recording of v and u", recording) end
  if o.neuron ~= nil then
    local ids = recording.neurons
    place = nil
    for k = 1, #ids do
      if ids[k] == o.neuron then place = k end
    end
    if not place then
      core.wrong(func, "neuron", "the id of a neuron that was recorded, " .. panel.recorded(ids), o.neuron)
    end
  end
  return recording, place
end

-- --- the panel -----------------------------------------------------------------------------------------------------

local function extent(values, lo, hi)
  for _, x in ipairs(values) do
    if x == x then lo, hi = math.min(lo, x), math.max(hi, x) end
  end
  return lo, hi
end

local function sampled(f, lo, hi)
  local x, y = {}, {}
  for k = 0, POINTS do
    x[k + 1] = lo + (hi - lo) * k / POINTS
    y[k + 1] = f(x[k + 1])
  end
  return x, y
end

local function series(x, y, more)
  more.x, more.y = core.numbers("phase", "v", x), core.numbers("phase", "u", y)
  return more
end

-- The range of v: it has room for the trajectory, the resets and the fixed points. It reaches up to the peak, unless
-- there is a trajectory without a spike.
local function v_range(m, path, resets, I)
  local quiet = path and #path.v > 0 and #resets.v == 0
  local lo, hi = extent(path and path.v or {}, m.reset, quiet and m.reset or m.peak)
  for _, point in ipairs(fixed_points(m, I, m.reset - 40, m.peak)) do
    lo, hi = math.min(lo, point.v), math.max(hi, point.v)
  end
  if quiet then
    local room = math.max(0.3 * (hi - lo), 5)
    return lo - room, math.min(hi + room, m.peak)
  end
  return lo - 0.05 * (hi - lo), hi + 0.02 * (hi - lo)
end

-- The range of u: it has room for the trajectory, the fixed points and the lowest point of the nullcline of v.
local function u_range(m, path, points, I, vlo, vhi)
  local lo, hi = extent(path and path.u or {}, math.huge, -math.huge)
  for _, point in ipairs(points) do lo, hi = math.min(lo, point.u), math.max(hi, point.u) end
  local foot = math.huge
  for k = 0, POINTS do foot = math.min(foot, m.vnull(vlo + (vhi - vlo) * k / POINTS, I)) end
  lo, hi = math.min(lo, foot), math.max(hi, foot)
  local room = math.max(0.2 * (hi - lo), 1e-3)
  return lo - room, hi + room
end

-- The series: nullclines, line of resets, trajectory and fixed points.
local function phase_series(m, path, points, o, box)
  local list = {}
  local x, y = sampled(function(v) return m.vnull(v, o.current) end, box.vlo, box.vhi)
  list[1] = series(x, y, { label = "<i>v</i>′ = 0", ink = INK.series, shade = 0 })
  x, y = u_nullcline(m, box.vlo, box.vhi, box.ulo, box.uhi, sampled)
  list[2] = series(x, y, { label = "<i>u</i>′ = 0", ink = INK.series, shade = 1 })
  list[3] = series({ m.reset, m.reset }, { box.ulo, box.uhi },
    { label = "reset", ink = INK.neutral, shade = 1, dashed = true, width = 0.5 })
  if path and #path.v > 0 then
    list[#list + 1] = series(path.v, path.u, { label = "trajectory", ink = INK.neutral, width = 0.5 })
    list[#list + 1] = series({ path.v[1] }, { path.u[1] },
      { label = "start", ink = INK.series, shade = 6, look = LOOK.points })
  end
  for _, stable in ipairs{ true, false } do
    local v, u = {}, {}
    for _, point in ipairs(points) do
      if point.stable == stable then v[#v + 1], u[#u + 1] = point.v, point.u end
    end
    if #v > 0 then
      list[#list + 1] = series(v, u, {
        label = stable and "stable" or "unstable", ink = INK.neutral, shade = 2, look = LOOK.points,
        hollow = not stable,
      })
    end
  end
  return list
end

return {
  help = "phase plane of a cell: nullclines, fixed points (filled when stable), reset and a trajectory",
  source = "string|izhlua.Cell",
  options = {
    panel.bars{ "v", "u" },
    { name = "current", default = 0, low = -1e9, high = 1e9, allowed = "a finite number", help = "current that the cell gets" },
    { name = "time", unit = "ms", default = 300, low = 0, high = 1e6, allowed = "a number of ms, 0 … 1000000",
      help = "length of the trajectory, which begins at the cell's v0 and u0; 0 for none" },
    { name = "dt", kind = "given", type = "number", unit = "ms", default = 0.05, help = "step of the trajectory" },
    { name = "recording", kind = "given", type = "izhlua.Recording",
      help = "recording of v and u, to draw in place of a trajectory" },
    { name = "neuron", kind = "given", type = "integer", help = "id of a recorded neuron; default the first" },
    { name = "vlim", kind = "range",
      help = "{ lo, hi }; default up to the peak, or around the fixed points when the cell does not fire" },
    { name = "ulim", kind = "range", help = "{ lo, hi }" },
    { name = "integrator", kind = "given", type = "string", default = "exact", help = "that of the trajectory" },
  },
  make = function(self, cell, o)
    local m, parameters = read_cell(self.name, cell)
    local I, recording, place = o.current, nil, nil
    if o.recording ~= nil then
      recording, place = recorded(self.name, o)
    else
      recording, place = simulate(parameters, o)
    end
    local path, resets
    if recording then path, resets = trajectory(recording, place, m.peak, m.jump) end
    local vlo, vhi = v_range(m, path, resets, I)
    if o.vlim then vlo, vhi = o.vlim[1], o.vlim[2] end
    local points = fixed_points(m, I, vlo, vhi)
    local ulo, uhi = u_range(m, path, points, I, vlo, vhi)
    if o.ulim then ulo, uhi = o.ulim[1], o.ulim[2] end
    return {
      legend = panel.LEGEND.right,
      note = ("<i>I</i> = %s %s"):format(panel.shown(I), m.unit),
      x = { title = "<i>v</i> (mV)", unit = "mV", lo = vlo, hi = vhi, bar = panel.bar(o.bars.v) },
      tracks = { {
        y = { title = ("<i>u</i> (%s)"):format(m.unit), unit = m.unit, lo = ulo, hi = uhi, bar = panel.bar(o.bars.u) },
        series = phase_series(m, path, points, o, { vlo = vlo, vhi = vhi, ulo = ulo, uhi = uhi }),
      } },
    }, ("phase panel: %d fixed points at I = %g"):format(#points, I)
  end,
}
