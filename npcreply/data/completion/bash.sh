# npcreply completion bash >> ~/.bashrc
_npcreply() {
    local line value help
    local -a values=() shown=()
    while IFS=$'\t' read -r value help; do
        values+=("$value")
        shown+=("$value${help:+  ($help)}")
    done < <(npcreply --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ "${#values[@]}" -eq 1 ]; then
        COMPREPLY=("$(printf '%q' "${values[0]}")")
    else
        COMPREPLY=("${shown[@]}")
    fi
}
complete -o default -o nosort -F _npcreply npcreply
