# npcreply completion bash >> ~/.bashrc
_npcreply() {
    local line value help files=
    local -a values=() shown=()
    while IFS= read -r line; do
        value="${line%%$'\t'*}" help="${line#"$value"}" help="${help#$'\t'}"
        if [ -z "$value" ]; then
            files=1
        else
            values+=("$value")
            shown+=("$value${help:+  ($help)}")
        fi
    done < <(npcreply --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ -n "$files" ]; then
        compopt -o default 2>/dev/null
    fi
    if [ "${#values[@]}" -eq 1 ]; then
        COMPREPLY=("$(printf '%q' "${values[0]}")")
    else
        COMPREPLY=("${shown[@]}")
    fi
}
complete -o nosort -F _npcreply npcreply
