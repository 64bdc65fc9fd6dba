# Completion of izhlua's command line for fish: options, scripts, and the parameters that the script declares.

function __izhlua_script
    for word in (commandline -opc)[2..]
        string match -q -- '*.lua' $word; and echo (string replace -r '^~' $HOME $word); and return
    end
    return 1
end

function __izhlua_parameters
    set -l program (realpath (command -s izhlua))
    set -l reader (string replace /bin/izhlua '' $program)/share/izhlua/completion/parameters.lua
    set -l name (string match -r '^[^=]+(?==)' -- (commandline -ct))
    if set -q name[1]
        izhlua $reader (__izhlua_script) $name 2>/dev/null | string replace -r '^' $name=
    else
        izhlua $reader (__izhlua_script) 2>/dev/null | string replace -r '$' '='
    end
end

complete -c izhlua -f
complete -c izhlua -n 'not __izhlua_script' -k -a '(__fish_complete_suffix .lua .pdf .svg .png)'
complete -c izhlua -n 'not __izhlua_script' -s e -x -d 'run a Lua statement before the script'
complete -c izhlua -n 'not __izhlua_script' -s i -d 'open a prompt after the script'
complete -c izhlua -n 'not __izhlua_script' -l seed -x -d 'seed of the first network'
complete -c izhlua -n 'not __izhlua_script' -l threads -x -a auto -d 'threads of networks, workers of sweeps'
complete -c izhlua -l shard -x -d 'run a part of the sweep of the script'
complete -c izhlua -n 'not __izhlua_script' -l open -d 'show the figures that the script saves'
complete -c izhlua -n 'not __izhlua_script' -l live -d 'show the last second while a network runs'
complete -c izhlua -n 'not __izhlua_script' -l watch -d 'run the script again whenever it changes'
complete -c izhlua -n 'not __izhlua_script' -l mpi -d 'be a rank of an MPI launcher that is not recognised'
complete -c izhlua -n 'not __izhlua_script' -l explore -d 'move the parameters of the script in the browser'
complete -c izhlua -n 'not __izhlua_script' -l sandbox -d 'run a script that you do not trust'
complete -c izhlua -n 'not __izhlua_script' -l memory -x -a 2G -d 'memory of a sandbox, and what it writes'
complete -c izhlua -n 'not __izhlua_script' -l time -x -a 60s -d 'time of a sandbox'
complete -c izhlua -n 'not __izhlua_script' -l trust -d 'run what made a figure without a sandbox'
complete -c izhlua -n 'not __izhlua_script' -l extract -d 'write the script that a figure carries'
complete -c izhlua -n 'not __izhlua_script' -s v -l version -d 'say which version this is'
complete -c izhlua -s h -l help -d 'say what the options, or the script\'s parameters, are'
complete -c izhlua -n __izhlua_script -a '(__izhlua_parameters)'
