dofile "threads.lua"
local most = 0
work({}, function() most = math.max(most, count_threads "self") end)
print(most)
