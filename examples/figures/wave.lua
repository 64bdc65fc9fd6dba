-- An animation of a wave over a sheet of neurons: each flashes where it is, in the colour of its population.
local izh = require "izhlua"

local N, apart = 24, 50 -- a sheet of 24 × 24 neurons, 50 µm apart, and an inhibitory one among each four
local net = izh.network{ seed = 3 }
local E = net:population("E", N * N, "RS")
local I = net:population("I", N * N // 4, "FS")
local positions = {}
for k = 1, N * N do positions[k] = { (k - 1) % N * apart, (k - 1) // N * apart } end
for k = 1, N * N // 4 do
  positions[N * N + k] = { ((k - 1) % (N // 2) * 2 + 0.5) * apart, ((k - 1) // (N // 2) * 2 + 0.5) * apart }
end

-- How likely two neurons are connected falls with their distance.
local function near(width)
  return function(pre, post)
    local a, b = positions[pre], positions[post]
    return math.exp(-((a[1] - b[1]) ^ 2 + (a[2] - b[2]) ^ 2) / (2 * width ^ 2))
  end
end
net:connect(E, net, { rule = "pairwise_bernoulli", p = near(60), weight = 14, delay = 2 })
net:connect(I, net, { rule = "pairwise_bernoulli", p = near(60), weight = -8, delay = 1 })
for row = 0, 5 do
  net:stimulate(E:slice(row * N + 1, row * N + 6), izh.current{ amplitude = 40, from = 10, to = 20 })
end
net:run(120)

izh.animate(net, {
  every = 5, positions = positions, title = "A wave", xlabel = "<i>x</i> (µm)", ylabel = "<i>y</i> (µm)",
}):save("wave.gif")
