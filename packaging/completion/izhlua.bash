# Completion of izhlua's command line for bash: options, scripts, and the parameters that the script declares.

_izhlua_parameters() {
  local program
  program=$(readlink -f "$(command -v izhlua)") || return
  izhlua "${program%/bin/izhlua}/share/izhlua/completion/parameters.lua" "$@" 2>/dev/null
}

_izhlua() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} i script=
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -e | --seed | --threads | --shard | --memory | --time) ((i++)) ;;
      -*) ;;
      *) script=${COMP_WORDS[i]/#\~/$HOME} && break ;;
    esac
  done
  [[ $word != = ]] || { word= && previous="="; }
  if [[ -n $script && $previous == = ]]; then # name=value are three words
    local IFS=$'\n' name=${COMP_WORDS[COMP_CWORD - 1]}
    [[ $name != = ]] || name=${COMP_WORDS[COMP_CWORD - 2]}
    mapfile -t COMPREPLY < <(compgen -W "$(_izhlua_parameters "$script" "$name")" -- "$word")
    COMPREPLY=("${COMPREPLY[@]// /\\ }")
  elif [[ -n $script ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_izhlua_parameters "$script") --help" -- "$word")
    COMPREPLY=("${COMPREPLY[@]/%/=}")
    COMPREPLY=("${COMPREPLY[@]/#--help=/--help}")
    [[ ${#COMPREPLY[@]} -eq 0 ]] || compopt -o nospace
  elif [[ $previous == -e || $previous == --seed || $previous == --shard || $previous == --memory || $previous == --time ]]; then
    return
  elif [[ $previous == --threads ]]; then
    mapfile -t COMPREPLY < <(compgen -W "auto" -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(izhlua --help | grep -oE -- '^  (-[a-z], )?--?[a-z]+' | grep -oE -- '--?[a-z]+')" -- "$word")
  else
    compopt -o filenames
    mapfile -t COMPREPLY < <(for i in lua pdf svg png; do compgen -f -X "!*.$i" -- "$word"; done; compgen -d -- "$word")
  fi
}

complete -o default -F _izhlua izhlua
