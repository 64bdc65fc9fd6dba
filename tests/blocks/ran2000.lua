-- The fifty neurons, after two seconds.
net:run(2000)
